using System.Text;

namespace Wct.Cli.Sheets;

/// <summary>Draws text with a proportional bitmap font. It has glyphs for printable ASCII; any other character is a hollow box.</summary>
/// <remarks>At scale 1, capitals and digits are 9 pixels high. Larger scales enlarge the glyphs by whole factors.</remarks>
internal static partial class BitmapFont
{
    /// <summary>Height of a line at scale 1 in pixels, from the top of 'l' to the bottom of 'g'.</summary>
    internal const int Height = 13;

    /// <summary>The middle of capitals and digits at scale 1, in pixels below the top of the line.</summary>
    internal const double CapitalCenter = 5.5;

    private const string Ellipsis = "...";

    /// <summary>The width of a text in pixels, from the left edge of its first glyph to the right edge of its last one.</summary>
    /// <param name="text">Any characters.</param>
    /// <param name="scale">At least 1.</param>
    internal static int Measure(string text, int scale = 1) => Width([.. text.EnumerateRunes()], scale);

    /// <summary>Replaces characters in the middle of a text by "..." if the text is too wide.</summary>
    /// <param name="text">Any characters.</param>
    /// <param name="width">The available width in pixels.</param>
    /// <param name="scale">At least 1.</param>
    /// <returns>The text, or the longest of its shorter forms that fits. If not even "..." fits: fewer dots, or nothing.</returns>
    internal static string Shorten(string text, int width, int scale = 1)
    {
        Rune[] runes = [.. text.EnumerateRunes()], dots = [.. Ellipsis.EnumerateRunes()];
        if (Width(runes, scale) <= width)
            return text;
        for (int kept = runes.Length - 1; kept >= 0; kept--)
        {
            // An odd character stays at the beginning.
            Rune[] shorter = [.. runes[..((kept + 1) / 2)], .. dots, .. runes[(runes.Length - kept / 2)..]];
            if (Width(shorter, scale) <= width)
                return string.Concat(shorter);
        }

        int count = dots.Length - 1;
        while (Width(dots[..count], scale) > Math.Max(0, width))
            count--;
        return Ellipsis[..count];
    }

    /// <summary>Draws a text. Parts outside of the picture are left out.</summary>
    /// <param name="image">The picture, in layout <see cref="PixelLayout.Rgb24"/>.</param>
    /// <param name="x">The left edge of the first glyph.</param>
    /// <param name="y">The top of the line.</param>
    /// <param name="text">Any characters.</param>
    /// <param name="color">The color of the glyphs. Pixels around them are not changed.</param>
    /// <param name="scale">At least 1.</param>
    /// <exception cref="ArgumentException">The picture has another layout.</exception>
    internal static void Draw(PixelImage image, int x, int y, string text, Rgb color, int scale = 1)
    {
        if (image.Layout != PixelLayout.Rgb24)
            throw new ArgumentException($"'image' has the layout {image.Layout}, text is drawn in {PixelLayout.Rgb24}.", nameof(image));
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Glyph glyph = Of(rune);
            Draw(image, x, y, glyph, color, scale);
            x += glyph.Width * scale + Spacing(scale);
        }
    }

    /// <summary>The glyph of a character.</summary>
    internal static Glyph Of(Rune character) =>
        character.Value >= First && character.Value < First + Glyphs.Length ? Glyphs[character.Value - First] : Box;

    private static void Draw(PixelImage image, int left, int top, Glyph glyph, Rgb color, int scale)
    {
        for (int y = Math.Max(0, -top); y < Height * scale && top + y < image.Height; y++)
        {
            Span<byte> row = image.Row(top + y);
            for (int x = Math.Max(0, -left); x < glyph.Width * scale && left + x < image.Width; x++)
            {
                double coverage = glyph.Coverage(x, y, scale);
                Span<byte> pixel = row.Slice(3 * (left + x), 3);
                pixel[0] = Mix(pixel[0], color.Red, coverage);
                pixel[1] = Mix(pixel[1], color.Green, coverage);
                pixel[2] = Mix(pixel[2], color.Blue, coverage);
            }
        }
    }

    private static byte Mix(byte below, byte above, double coverage) => (byte)Math.Round(below + (above - below) * coverage);

    private static int Width(ReadOnlySpan<Rune> runes, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        int width = runes.Length == 0 ? 0 : checked(Spacing(scale) * (runes.Length - 1));
        foreach (Rune rune in runes)
            width = checked(width + Of(rune).Width * scale);
        return width;
    }

    // Pixels between glyphs. Small text is easier to read if its glyphs are farther apart, so scale 1 has two, and scale 2 three.
    private static int Spacing(int scale) => (3 * scale + 1) / 2;
}
