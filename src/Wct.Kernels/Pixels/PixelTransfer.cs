using Wct.Kernels.Cpu;

namespace Wct.Kernels.Pixels;

internal static unsafe partial class PixelTransfer
{
    private static readonly float[] Unit = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>Loads row by row, extends the picture by reflection at the right and the bottom, and writes the borders.</summary>
    internal static void Load(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, CpuTensor image, Workers workers)
    {
        RowChunks chunks = new(image.Shape.Height, image.Layout.RowStride * sizeof(float), workers.Count);
        fixed (byte* start = pixels)
        {
            byte* source = start;
            workers.Run(chunks.Count, task =>
            {
                (int first, int end) = chunks[task];
                for (int y = first; y < end; y++)
                {
                    byte* row = source + (long)Reflection.Index(y, height) * stride;
                    LoadRow(row + layout.Red, layout.BytesPerPixel, width, image.At(0, y, 0), image.Shape.Width);
                    LoadRow(row + layout.Green, layout.BytesPerPixel, width, image.At(1, y, 0), image.Shape.Width);
                    LoadRow(row + layout.Blue, layout.BytesPerPixel, width, image.At(2, y, 0), image.Shape.Width);
                }

                for (int c = 0; c < 3; c++)
                    Borders.Fill(image, c, first, end);
            });
        }
    }

    /// <summary>Stores row by row, cropped to the given size.</summary>
    internal static void Store(
        CpuTensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Workers workers)
    {
        RowChunks chunks = new(height, image.Layout.RowStride * sizeof(float), workers.Count);
        fixed (byte* start = pixels)
        {
            byte* destination = start;
            workers.Run(chunks.Count, task =>
            {
                (int first, int end) = chunks[task];
                for (int y = first; y < end; y++)
                    StoreRow(image.At(0, y, 0), image.At(1, y, 0), image.At(2, y, 0), destination + (long)y * stride, width, layout);
            });
        }
    }

    private static void LoadRow(byte* source, int step, int width, float* destination, int extended)
    {
        for (int x = 0; x < width; x++)
            destination[x] = Unit[source[x * step]];
        for (int x = width; x < extended; x++)
            destination[x] = destination[Reflection.Index(x, width)];
    }

    private static void StoreRow(float* red, float* green, float* blue, byte* destination, int width, ChannelOffsets layout)
    {
        if (layout.BytesPerPixel == 1)
        {
            for (int x = 0; x < width; x++)
                destination[x] = ToByte(Luma(red[x], green[x], blue[x]));
            return;
        }

        for (int x = 0; x < width; x++, destination += layout.BytesPerPixel)
        {
            destination[layout.Red] = ToByte(red[x]);
            destination[layout.Green] = ToByte(green[x]);
            destination[layout.Blue] = ToByte(blue[x]);
        }
    }
}
