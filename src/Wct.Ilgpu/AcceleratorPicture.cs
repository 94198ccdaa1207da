using ILGPU;
using ILGPU.Runtime;
using Wct.Kernels;
using Wct.Kernels.Gpu.Memory;
using Wct.Net;

namespace Wct.Ilgpu;

/// <summary>A picture in an accelerator's memory, without gaps between its rows.</summary>
internal sealed class AcceleratorPicture : IDevicePicture
{
    private readonly IlgpuBackend _backend;
    private readonly ArrayView<byte> _bytes;

    /// <summary>Wraps a view.</summary>
    /// <param name="backend">The backend that reads and writes the picture.</param>
    /// <param name="bytes">A view in the memory of the backend's accelerator. Bytes after the picture are not used.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <param name="name">The caller's parameter, for exceptions.</param>
    /// <exception cref="ArgumentException">A side is below 1, the view is too short, or it is in another accelerator's memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    internal AcceleratorPicture(IlgpuBackend backend, ArrayView<byte> bytes, int width, int height, PixelLayout layout, string name)
    {
        int row = PixelRows.Check(bytes.Length, width, height, stride: 0, layout, name);
        MemoryBuffer memory = Memory(bytes);
        if (memory.IsDisposed)
            throw new ObjectDisposedException(name, $"The memory of '{name}' was freed.");
        if (memory.Accelerator != backend.Accelerator)
        {
            throw new ArgumentException(
                $"'{name}' lies in the memory of {memory.Accelerator}, the transfer computes on {backend.Accelerator}.", name);
        }

        (_backend, _bytes) = (backend, bytes.SubView(0, (long)row * height));
        (Width, Height, Layout) = (width, height, layout);
    }

    public int Width { get; }

    public int Height { get; }

    public PixelLayout Layout { get; }

    /// <summary>Whether the pictures share some memory without being the same picture.</summary>
    internal bool Overlaps(AcceleratorPicture other) => Memory(_bytes) == Memory(other._bytes) && !IsSame(other)
        && Start(_bytes) < Start(other._bytes) + other._bytes.Length && Start(other._bytes) < Start(_bytes) + _bytes.Length;

    public void Load(int first, int count, Tensor image) =>
        WithRows(first, count, pixels => _backend.LoadPixels(pixels, Width, count, Layout.Offsets(), image));

    public void Store(Tensor image, int first, int count) =>
        WithRows(first, count, pixels => _backend.StorePixels(image, pixels, Width, count, Layout.Offsets()));

    // Copies all bytes to get alpha. The colors are overwritten afterwards.
    public void TakeAlpha(IDevicePicture content)
    {
        var own = (AcceleratorPicture)content;
        if (!IsSame(own))
            _backend.Queue.Copy(own._bytes, _bytes);
    }

    public PixelImage Download()
    {
        PixelImage image = new(Width, Height, Layout);
        _backend.Queue.Read(_bytes, image.Bytes);
        return image;
    }

    public void Upload(PixelImage image) => _backend.Queue.Write(image.Bytes, _bytes);

    private static MemoryBuffer Memory(IArrayView view) => view.Buffer;

    private static long Start(IContiguousArrayView view) => view.IndexInBytes;

    private bool IsSame(AcceleratorPicture other) => Memory(_bytes) == Memory(other._bytes) && Start(_bytes) == Start(other._bytes);

    private void WithRows(int first, int count, Action<GpuBuffer> use)
    {
        long row = (long)Width * Layout.BytesPerPixel();
        GpuBuffer pixels = _backend.Queue.RegisterView(_bytes.SubView(first * row, count * row));
        try
        {
            use(pixels);
        }
        finally
        {
            _backend.Queue.UnregisterView(pixels);
        }
    }
}
