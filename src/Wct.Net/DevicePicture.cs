using Wct.Kernels;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>A picture of the device, of which every pixel can be seen.</summary>
internal readonly struct DeviceSource(IDevicePicture picture) : IPictureSource
{
    public int Width => picture.Width;

    public int Height => picture.Height;

    public Visibility? FindVisibility() => null;

    public void Load(Visibility? visibility, Tensor image) => picture.Load(0, Height, image);

    public void Load(int first, int count, Tensor image, ref byte[] scratch) => picture.Load(first, count, image);
}

/// <summary>Memory of the device for a result of the content's size and layout, perhaps the content's own.</summary>
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
        // Premultiplied pictures pass through the host.
    }
}
