using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Makes masks of bitmaps.</summary>
internal static class Masks
{
    /// <summary>Copies the alpha of an alpha-only bitmap, or the brightness of a gray one.</summary>
    /// <exception cref="ArgumentException">The bitmap has another color type, or it is too large.</exception>
    internal static StyleMask Of(PixelMemory memory)
    {
        SKImageInfo info = memory.Info;
        bool isNarrow = info.ColorType is SKColorType.Alpha8 or SKColorType.Gray8;
        if (!isNarrow && info.ColorType is not (SKColorType.Alpha16 or SKColorType.AlphaF16))
            throw new ArgumentException(
                $"The {memory.Kind}'s color type is {info.ColorType}; a mask is alpha only (Alpha8, Alpha16, AlphaF16) or gray (Gray8).",
                memory.Name);
        long length = (long)info.Width * info.Height;
        if (length > Array.MaxLength)
            throw new ArgumentException(
                $"The {memory.Kind} of {info.Width}x{info.Height} has {length} pixels; at most {Array.MaxLength} are possible.",
                memory.Name);
        byte[] shares = new byte[length];
        FloatRow row = new(info.Width);
        float[] alphas = new float[info.Width];
        for (int y = 0; y < info.Height; y++)
        {
            Span<byte> to = shares.AsSpan(y * info.Width, info.Width);
            if (isNarrow)
                PixelMemory.Row(memory.Pixmap, y).CopyTo(to);
            else if (row.TryReadAlpha(memory.Pixmap, y, alphas))
                Round(alphas, to);
            else
                throw new ArgumentException($"Skia can't convert the {memory.Kind}'s color type {info.ColorType}.", memory.Name);
        }

        return new StyleMask(shares, info.Width, info.Height);
    }

    // To the nearest. Skia's own conversion to Alpha8 rounds numbers of 16 bits down.
    private static void Round(ReadOnlySpan<float> alphas, Span<byte> shares)
    {
        for (int x = 0; x < alphas.Length; x++)
            shares[x] = (byte)MathF.Round(alphas[x] * byte.MaxValue);
    }
}
