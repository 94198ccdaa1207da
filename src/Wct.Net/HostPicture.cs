using Wct.Kernels;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>Reads a picture in the host's memory.</summary>
internal readonly ref struct HostSource(Backend backend, Pixels pixels) : IPictureSource
{
    private readonly Pixels _pixels = pixels;

    public int Width => _pixels.Width;

    public int Height => _pixels.Height;

    public Visibility? FindVisibility() => Visibility.Of(_pixels);

    public void Load(Visibility? visibility, Tensor image)
    {
        ReadOnlySpan<byte> bytes = StraightPixels.Of(_pixels, visibility, out int stride);
        backend.LoadPixels(bytes, Width, Height, stride, _pixels.Layout, image);
    }

    public void Load(int first, int count, Tensor image, ref byte[] scratch)
    {
        int stride = _pixels.Stride;
        ReadOnlySpan<byte> rows = StraightPixels.Rows(
            _pixels.Bytes[checked(first * stride)..], Width, count, _pixels.Layout, ref stride, ref scratch);
        backend.LoadPixels(rows, Width, count, stride, _pixels.Layout, image);
    }
}

/// <summary>Writes a result into the host's memory, which has the content's size and may be the content's own memory.</summary>
internal readonly ref struct HostTarget(Backend backend, Pixels content, Span<byte> destination, int stride, PixelLayout layout)
    : IPictureTarget
{
    private readonly Pixels _content = content;
    private readonly Span<byte> _destination = destination;

    public void Begin()
    {
        if (layout.HasAlpha())
            Alpha.Copy(_content, _destination, stride);
    }

    public void Store(Tensor image, int first, int count) =>
        backend.StorePixels(image, _destination[checked(first * stride)..], _content.Width, count, stride, layout);

    public void End()
    {
        if (layout.IsPremultiplied())
            Premultiplied.Multiply(_destination, _content.Width, _content.Height, stride);
    }
}
