using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Converts pixels in the device's memory to tensors and back, without copying them to the host.
public partial class GpuBackend
{
    /// <summary>Converts pixels to a tensor, like <see cref="Backend.LoadPixels"/>.</summary>
    /// <param name="pixels">[height, width, bytes of a pixel], without gaps; a buffer of this backend's queue.</param>
    /// <param name="width">Pixels per row; at most the tensor's width.</param>
    /// <param name="height">Rows of the pixels; at most the tensor's height.</param>
    /// <param name="layout">Positions of the colors in a pixel.</param>
    /// <param name="image">[3, H, W], receives byte / 255.</param>
    internal void LoadPixels(GpuBuffer pixels, int width, int height, ChannelOffsets layout, Tensor image)
    {
        CheckPixels(pixels.Bytes, width, height, checked(width * layout.BytesPerPixel), layout, image);
        using (Enter())
            LaunchLoadPixels(pixels, width, height, layout, image);
    }

    /// <summary>Converts a tensor to pixels, like <see cref="Backend.StorePixels"/>.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="pixels">[height, width, bytes of a pixel], without gaps; a buffer of this backend's queue.</param>
    /// <param name="width">Pixels per row; at most the tensor's width.</param>
    /// <param name="height">Rows of the pixels; at most the tensor's height.</param>
    /// <param name="layout">Positions of the colors in a pixel.</param>
    internal void StorePixels(Tensor image, GpuBuffer pixels, int width, int height, ChannelOffsets layout)
    {
        CheckPixels(pixels.Bytes, width, height, checked(width * layout.BytesPerPixel), layout, image);
        using (Enter())
            LaunchStorePixels(image, pixels, width, height, layout);
    }

    private void LaunchLoadPixels(GpuBuffer pixels, int width, int height, ChannelOffsets layout, Tensor image) => _launch.LoadPixels(
        image.Shape.Pixels, pixels, Data(image), height, width, imageHeight: image.Shape.Height, imageWidth: image.Shape.Width,
        size: layout.BytesPerPixel, layout.Red, layout.Green, layout.Blue);

    private void LaunchStorePixels(Tensor image, GpuBuffer pixels, int width, int height, ChannelOffsets layout) => _launch.StorePixels(
        (long)height * width, Data(image), pixels, height, width, imageWidth: image.Shape.Width, size: layout.BytesPerPixel, layout.Red,
        layout.Green, layout.Blue);
}
