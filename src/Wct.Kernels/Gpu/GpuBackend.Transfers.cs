using System.Buffers;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Numbers and pixels, in and out.
public partial class GpuBackend
{
    // Rows go together up to so many bytes.
    private const int BandBytes = 4 << 20;

    private protected override void WriteCore(ReadOnlySpan<float> source, Tensor destination)
    {
        TensorShape shape = destination.Shape;
        using (Enter())
        {
            if (shape.Channels == 1)
            {
                // One channel's plane is its pixels.
                Upload(source, Data(destination));
                return;
            }

            using GpuLoan planes = _memory.Borrow(shape.Length * sizeof(float), $"Writing {shape}");
            Upload(source, planes.Buffer);
            Transpose(planes.Buffer, Data(destination), shape.Channels, shape.Pixels);
        }
    }

    private protected override void ReadCore(Tensor source, Span<float> destination)
    {
        TensorShape shape = source.Shape;
        using (Enter())
        {
            if (shape.Channels == 1)
            {
                Download(Data(source), destination);
                return;
            }

            using GpuLoan planes = _memory.Borrow(shape.Length * sizeof(float), $"Reading {shape}");
            Transpose(Data(source), planes.Buffer, shape.Pixels, shape.Channels);
            Download(planes.Buffer, destination);
        }
    }

    private protected override void LoadPixelsCore(
        ReadOnlySpan<byte> pixels, int width, int height, int stride, ChannelOffsets layout, Tensor image)
    {
        int size = layout.BytesPerPixel, row = checked(width * size), rows = Math.Max(1, BandBytes / row);
        using (Enter())
        {
            using GpuLoan bytes = _memory.Borrow((long)height * row, $"A picture of {width}x{height} pixels");
            byte[] band = ArrayPool<byte>.Shared.Rent(checked(Math.Min(rows, height) * row));
            for (int first = 0; first < height; first += rows)
            {
                int count = Math.Min(rows, height - first);
                for (int y = 0; y < count; y++)
                    pixels.Slice(checked((first + y) * stride), row).CopyTo(band.AsSpan(y * row));
                _staging.Upload(band.AsSpan(0, count * row), bytes.Buffer, (long)first * row);
            }

            ArrayPool<byte>.Shared.Return(band);
            LaunchOver(
                image.Shape.Pixels, "LoadPixels", bytes, Data(image), height, width, image.Shape.Height, image.Shape.Width, size, layout.Red, layout.Green,
                layout.Blue);
        }
    }

    private protected override void StorePixelsCore(Tensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout)
    {
        // A fourth byte isn't ours: three come, and are put between.
        int size = Math.Min(3, layout.BytesPerPixel), row = checked(width * size), rows = Math.Max(1, BandBytes / row);
        ChannelOffsets moved = layout.BytesPerPixel == 4 ? ChannelOffsets.Rgb : layout;
        using (Enter())
        {
            using GpuLoan bytes = _memory.Borrow((long)height * row, $"A picture of {width}x{height} pixels");
            LaunchOver(
                (long)height * width, "StorePixels", Data(image), bytes, height, width, image.Shape.Width, size, moved.Red, moved.Green, moved.Blue);
            byte[] band = ArrayPool<byte>.Shared.Rent(checked(Math.Min(rows, height) * row));
            for (int first = 0; first < height; first += rows)
            {
                int count = Math.Min(rows, height - first);
                _staging.Download(bytes.Buffer, band.AsSpan(0, count * row), (long)first * row);
                for (int y = 0; y < count; y++)
                    Put(band.AsSpan(y * row, row), pixels[checked((first + y) * stride)..], layout);
            }

            ArrayPool<byte>.Shared.Return(band);
        }
    }

    private static void Put(ReadOnlySpan<byte> row, Span<byte> pixels, ChannelOffsets layout)
    {
        if (layout.BytesPerPixel != 4)
        {
            row.CopyTo(pixels);
            return;
        }

        for (int x = 0; 3 * x < row.Length; x++)
        {
            Span<byte> pixel = pixels.Slice(4 * x, 4);
            (pixel[layout.Red], pixel[layout.Green], pixel[layout.Blue]) = (row[3 * x], row[3 * x + 1], row[3 * x + 2]);
        }
    }

    private void Transpose(GpuBuffer from, GpuBuffer to, int rows, int columns)
    {
        const int Square = 32;
        long squares = ((rows - 1L) / Square + 1) * ((columns - 1L) / Square + 1);
        _queue.Launch("Transpose", Launch.GridSize.For(squares, 1), from, to, rows, columns);
    }
}
