using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Pixels that lie in the device's memory: they reach tensors, and leave them, without passing through the host.
public partial class GpuBackend
{
    /// <summary>As <see cref="Backend.LoadPixels"/>.</summary>
    /// <param name="pixels">Rows without gaps; of this backend's queue.</param>
    internal void LoadPixels(GpuBuffer pixels, int width, int height, ChannelOffsets layout, Tensor image)
    {
        CheckPixels(pixels.Bytes, width, height, checked(width * layout.BytesPerPixel), layout, image);
        using (Enter())
        {
            LaunchOver(
                image.Shape.Pixels, "LoadPixels", pixels, Data(image), height, width, image.Shape.Height, image.Shape.Width, layout.BytesPerPixel,
                layout.Red, layout.Green, layout.Blue);
        }
    }

    /// <summary>As <see cref="Backend.StorePixels"/>.</summary>
    /// <param name="pixels">Rows without gaps; of this backend's queue.</param>
    internal void StorePixels(Tensor image, GpuBuffer pixels, int width, int height, ChannelOffsets layout)
    {
        CheckPixels(pixels.Bytes, width, height, checked(width * layout.BytesPerPixel), layout, image);
        using (Enter())
        {
            LaunchOver(
                (long)height * width, "StorePixels", Data(image), pixels, height, width, image.Shape.Width, layout.BytesPerPixel, layout.Red,
                layout.Green, layout.Blue);
        }
    }
}
