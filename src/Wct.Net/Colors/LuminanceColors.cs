using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Wct.Net.Colors;

/// <summary>Keeps the luminance of a result, and replaces its colors by those of the content.</summary>
/// <remarks>
/// Gatys et al., "Preserving Color in Neural Artistic Style Transfer", 2016: Y of the result with I and Q of the content, in
/// NTSC YIQ. Luminance alone, Y = 1 with I = Q = 0, is the color (1, 1, 1). So exchanging the content's Y adds the same number to each of
/// its three channels, and neither the matrix of YIQ nor its inverse has to be applied.
/// </remarks>
internal static class LuminanceColors
{
    /// <summary>Recolors some rows in place. Calls for different rows may run at the same time.</summary>
    /// <param name="content">[count, width, 3]: the content's colors in these rows.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="result">[3, count, width], 0..1, beginning with the first row of the first channel.</param>
    /// <param name="stride">Floats from one row of the result to the next.</param>
    /// <param name="plane">Floats from one channel of the result to the next.</param>
    /// <param name="strength">In [0, 1]: strength·recolored + (1 - strength)·result. 0 changes no bit.</param>
    internal static void Apply(
        ReadOnlySpan<byte> content, int width, int count, Span<float> result, int stride, int plane, double strength)
    {
        Debug.Assert(content.Length == (long)width * count * RgbRow.Channels, "The bytes don't match the rows.");
        if (strength == 0)
            return;
        Span<float> colors = stackalloc float[RgbRow.Channels * RgbRow.Piece];
        for (int y = 0; y < count; y++)
        {
            for (int x = 0; x < width; x += RgbRow.Piece)
            {
                int length = Math.Min(RgbRow.Piece, width - x);
                RgbRow.Split(content.Slice((y * width + x) * RgbRow.Channels, length * RgbRow.Channels), colors);
                Span<float> row = result[(y * stride + x)..];
                Recolor(colors, row[..length], row.Slice(plane, length), row.Slice(2 * plane, length), (float)strength);
            }
        }
    }

    /// <param name="colors">[3, <see cref="RgbRow.Piece"/>], 0..1.</param>
    /// <param name="red">Red of the result; changed in place, as the other two.</param>
    /// <param name="green">Green of the result.</param>
    /// <param name="blue">Blue of the result.</param>
    /// <param name="strength">In (0, 1].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Recolor(ReadOnlySpan<float> colors, Span<float> red, Span<float> green, Span<float> blue, float strength)
    {
        for (int x = 0; x < red.Length; x += Vector<float>.Count)
        {
            Vector<float> r = Lanes.Load(red, x), g = Lanes.Load(green, x), b = Lanes.Load(blue, x);
            Vector<float> contentRed = new(colors[x..]), contentGreen = new(colors[(x + RgbRow.Piece)..]);
            Vector<float> contentBlue = new(colors[(x + 2 * RgbRow.Piece)..]);
            Vector<float> shift = RgbRow.Luminance(r, g, b) - RgbRow.Luminance(contentRed, contentGreen, contentBlue);
            Lanes.Store(Blend(contentRed + shift, r, strength), red, x);
            Lanes.Store(Blend(contentGreen + shift, g, strength), green, x);
            Lanes.Store(Blend(contentBlue + shift, b, strength), blue, x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Blend(Vector<float> recolored, Vector<float> result, float strength) =>
        Vector.Min(Vector.Max(recolored, Vector<float>.Zero), Vector<float>.One) * strength + result * (1 - strength);
}
