using Wct.Kernels;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>Reads a picture in the device's memory. All of its pixels are visible.</summary>
internal readonly struct DeviceSource(IDevicePicture picture) : IPictureSource
{
    public int Width => picture.Width;

    public int Height => picture.Height;

    public Visibility? FindVisibility() => null;

    public void Load(Visibility? visibility, Tensor image) => picture.Load(0, Height, image);

    public void Load(int first, int count, Tensor image, ref byte[] scratch) => picture.Load(first, count, image);
}

/// <summary>Writes a result into the device's memory, which has the content's size and layout and may be the content's own
/// memory.</summary>
internal readonly struct DeviceTarget(IDevicePicture content, IDevicePicture result) : IPictureTarget
{
    public void Begin()
    {
        if (result.Layout.HasAlpha())
            result.TakeAlpha(content);
    }

    public void Store(Tensor image, int first, int count) => result.Store(image, first, count);

    public void End()
    {
        // Nothing to do: premultiplied pictures are processed on the host.
    }
}
