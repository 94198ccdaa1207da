namespace Wct.Kernels.Pixels;

/// <summary>Converts planes with samples in 0..1 to three bytes per sample and back; see <see cref="PackedPicture"/>.</summary>
internal static unsafe partial class PackedTransfer
{
    private const int Levels = 1 << 24;

    /// <summary>Packs: n = min(2^24 - 1, round(2^24·clamp(x, 0, 1))), rounding half to even.</summary>
    /// <param name="image">[3, H, W], planar.</param>
    /// <param name="shape">Shape of the image.</param>
    /// <param name="region">Region of the image.</param>
    /// <param name="samples">[height, width, 3].</param>
    /// <param name="width">Pixels per row of the packed picture.</param>
    /// <param name="y">Row that receives the region's first row.</param>
    /// <param name="x">Column that receives the region's first column.</param>
    internal static void ReferencePack(
        ReadOnlySpan<float> image, TensorShape shape, Region region, Span<uint> samples, int width, int y, int x)
    {
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < region.Height; i++)
            {
                for (int j = 0; j < region.Width; j++)
                    samples[((y + i) * width + x + j) * 3 + c] =
                        ToSample(image[(c * shape.Height + region.Y + i) * shape.Width + region.X + j]);
            }
        }
    }

    /// <summary>Unpacks: n / 2^24.</summary>
    /// <param name="samples">[height, width, 3].</param>
    /// <param name="width">Pixels per row of the packed picture.</param>
    /// <param name="y">First row to read.</param>
    /// <param name="x">First column to read.</param>
    /// <param name="image">[3, H, W], planar.</param>
    /// <param name="shape">Shape of the image.</param>
    internal static void ReferenceUnpack(ReadOnlySpan<uint> samples, int width, int y, int x, Span<float> image, TensorShape shape)
    {
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < shape.Height; i++)
            {
                for (int j = 0; j < shape.Width; j++)
                    image[(c * shape.Height + i) * shape.Width + j] = ToValue(samples[((y + i) * width + x + j) * 3 + c]);
            }
        }
    }

    // NaN becomes 0.
    private static uint ToSample(float value)
    {
        float clamped = value > 0 ? Math.Min(1, value) : 0;
        return Math.Min(Levels - 1, (uint)MathF.Round(clamped * Levels));
    }

    private static float ToValue(uint sample) => sample * (1f / Levels);
}
