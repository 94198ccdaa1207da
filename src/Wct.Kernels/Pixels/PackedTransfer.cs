using Wct.Kernels.Cpu;

namespace Wct.Kernels.Pixels;

internal static unsafe partial class PackedTransfer
{
    /// <summary>Packs row by row.</summary>
    internal static void Pack(CpuTensor image, Region region, CpuPackedPicture picture, int y, int x, Workers workers)
    {
        RowChunks chunks = RowChunks.Streamed(region.Height, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            for (int i = first; i < end; i++)
            {
                int row = region.Y + i;
                PackRow(image.At(0, row, region.X), image.At(1, row, region.X), image.At(2, row, region.X), picture.At(y + i, x),
                    region.Width);
            }
        });
    }

    /// <summary>Unpacks row by row, and writes the borders.</summary>
    internal static void Unpack(CpuPackedPicture picture, int y, int x, CpuTensor image, Workers workers)
    {
        RowChunks chunks = RowChunks.Streamed(image.Shape.Height, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            for (int i = first; i < end; i++)
                UnpackRow(picture.At(y + i, x), image.At(0, i, 0), image.At(1, i, 0), image.At(2, i, 0), image.Shape.Width);
            for (int c = 0; c < 3; c++)
                Borders.Fill(image, c, first, end);
        });
    }

    // Nine bytes are stored as an 8-byte word and one byte, so that no byte past the pixel is written.
    private static void PackRow(float* red, float* green, float* blue, byte* destination, int width)
    {
        for (int x = 0; x < width; x++, destination += PackedPicture.PixelBytes)
        {
            ulong last = ToSample(blue[x]);
            *(ulong*)destination = ToSample(red[x]) | (ulong)ToSample(green[x]) << 24 | last << 48;
            destination[8] = (byte)(last >> 16);
        }
    }

    private static void UnpackRow(byte* source, float* red, float* green, float* blue, int width)
    {
        for (int x = 0; x < width; x++, source += PackedPicture.PixelBytes)
        {
            ulong two = *(ulong*)source;
            red[x] = ToValue((uint)two & (Levels - 1));
            green[x] = ToValue((uint)(two >> 24) & (Levels - 1));
            blue[x] = ToValue(*(uint*)(source + 5) >> 8);
        }
    }
}
