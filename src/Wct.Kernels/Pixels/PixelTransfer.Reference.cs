namespace Wct.Kernels.Pixels;

/// <summary>Converts interleaved 8-bit pixels to planes with samples in 0..1 and back.</summary>
internal static unsafe partial class PixelTransfer
{
    /// <summary>Scalar reference of loading: byte / 255, extended by reflection.</summary>
    /// <param name="pixels">Rows of interleaved pixels.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="layout">Positions of the colors in a pixel.</param>
    /// <param name="image">[3, H, W], planar.</param>
    /// <param name="shape">Shape of the image.</param>
    internal static void ReferenceLoad(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Span<float> image, TensorShape shape)
    {
        ReadOnlySpan<int> offsets = [layout.Red, layout.Green, layout.Blue];
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < shape.Height; y++)
            {
                ReadOnlySpan<byte> row = pixels[(Reflection.Index(y, height) * stride)..];
                for (int x = 0; x < shape.Width; x++)
                    image[(c * shape.Height + y) * shape.Width + x] =
                        row[Reflection.Index(x, width) * layout.BytesPerPixel + offsets[c]] / 255f;
            }
        }
    }

    /// <summary>Scalar reference of storing: floor(255·clamp(x, 0, 1) + 0.5).</summary>
    /// <param name="image">[3, H, W], planar.</param>
    /// <param name="shape">Shape of the image.</param>
    /// <param name="pixels">Rows of interleaved pixels.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="layout">Positions of the colors in a pixel.</param>
    internal static void ReferenceStore(
        ReadOnlySpan<float> image, TensorShape shape, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout)
    {
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = pixels[(y * stride)..];
            for (int x = 0; x < width; x++)
            {
                float red = image[y * shape.Width + x];
                float green = image[(shape.Height + y) * shape.Width + x];
                float blue = image[(2 * shape.Height + y) * shape.Width + x];
                Span<byte> pixel = row.Slice(x * layout.BytesPerPixel, layout.BytesPerPixel);
                if (layout.BytesPerPixel == 1)
                {
                    pixel[0] = ToByte(Luma(red, green, blue));
                    continue;
                }

                pixel[layout.Red] = ToByte(red);
                pixel[layout.Green] = ToByte(green);
                pixel[layout.Blue] = ToByte(blue);
            }
        }
    }

    // ITU-R BT.601, as in JPEG.
    private static float Luma(float red, float green, float blue) => 0.299f * Clamp(red) + 0.587f * Clamp(green) + 0.114f * Clamp(blue);

    private static float Clamp(float value) => Math.Min(1, Math.Max(0, value));

    private static byte ToByte(float value) => (byte)(255 * Clamp(value) + 0.5f);
}
