using SkiaSharp;

namespace Wct.SkiaSharp;

/// <summary>Converts a bitmap row by row from and to straight RGBA in sRGB, in single precision. Skia has no color type with more
/// bits.</summary>
internal sealed unsafe class FloatRow
{
    private const int Components = 4, Alpha = 3;

    private readonly float[] _row;
    private readonly SKImageInfo _info;

    /// <param name="width">Pixels per row.</param>
    internal FloatRow(int width)
    {
        _row = new float[checked(width * Components)];
        _info = new SKImageInfo(width, 1, SKColorType.RgbaF32, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb());
    }

    /// <summary>Reads the alpha of a row.</summary>
    /// <param name="bitmap">The bitmap.</param>
    /// <param name="y">The row.</param>
    /// <param name="alphas">[Width], 0 to 1. Numbers outside are clipped, and what isn't a number becomes 0.</param>
    /// <returns>Whether Skia can convert the color type.</returns>
    internal bool TryReadAlpha(SKPixmap bitmap, int y, Span<float> alphas)
    {
        fixed (float* start = _row)
        {
            if (!bitmap.ReadPixels(_info, (nint)start, _info.RowBytes, 0, y))
                return false;
        }

        for (int x = 0; x < alphas.Length; x++)
        {
            float alpha = _row[x * Components + Alpha];
            alphas[x] = alpha > 0 ? Math.Min(alpha, 1) : 0;
        }

        return true;
    }

    /// <summary>Stores a row.</summary>
    /// <param name="rgba">[Width, 4]. Its alpha isn't used.</param>
    /// <param name="alphas">[Width], 0 to 1.</param>
    /// <param name="bitmap">Receives the row.</param>
    /// <param name="y">The row.</param>
    /// <returns>Whether Skia can convert to the color type.</returns>
    internal bool TryStore(ReadOnlySpan<byte> rgba, ReadOnlySpan<float> alphas, SKPixmap bitmap, int y)
    {
        for (int i = 0; i < rgba.Length; i++)
            _row[i] = i % Components == Alpha ? alphas[i / Components] : rgba[i] / (float)byte.MaxValue;
        fixed (float* start = _row)
        {
            using SKPixmap row = new(_info, (nint)start);
            return row.ReadPixels(bitmap.Info.WithSize(bitmap.Width, 1), bitmap.GetPixels(0, y), bitmap.RowBytes);
        }
    }
}
