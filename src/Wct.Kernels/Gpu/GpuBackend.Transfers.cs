using System.Buffers;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Copies of tensors and pixels between the host and the device.
public partial class GpuBackend
{
    // Pixels are copied in bands of rows of about this size.
    private const int BandBytes = 4 << 20;

    private protected override void WriteCore(ReadOnlySpan<float> source, Tensor destination)
    {
        TensorShape shape = destination.Shape;
        using (Enter())
        {
            if (shape.Channels == 1)
            {
                // With one channel, planar and interleaved are the same.
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
            LaunchLoadPixels(bytes, width, height, layout, image);
        }
    }

    private protected override void StorePixelsCore(
        Tensor image, Span<byte> pixels, int width, int height, int stride, ChannelOffsets layout)
    {
        // A fourth byte keeps its value. So only three bytes per pixel are read back, and each is stored in its place.
        int size = Math.Min(3, layout.BytesPerPixel), row = checked(width * size), rows = Math.Max(1, BandBytes / row);
        ChannelOffsets moved = layout.BytesPerPixel == 4 ? ChannelOffsets.Rgb : layout;
        using (Enter())
        {
            using GpuLoan bytes = _memory.Borrow((long)height * row, $"A picture of {width}x{height} pixels");
            LaunchStorePixels(image, bytes, width, height, moved);
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
        const int Square = KernelConstants.Transpose.Square;
        long squares = ((rows - 1L) / Square + 1) * ((columns - 1L) / Square + 1);
        _launch.Transpose(GridSize.For(squares, perBlock: 1), from, to, rows, columns);
    }
}
