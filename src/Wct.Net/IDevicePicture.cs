using Wct.Kernels;

namespace Wct.Net;

/// <summary>A picture in the memory of the device that computes: its rows reach tensors, and leave them, without passing through the
/// host.</summary>
internal interface IDevicePicture
{
    /// <summary>Pixels per row.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Layout of a pixel.</summary>
    PixelLayout Layout { get; }

    /// <summary>As <see cref="Backend.LoadPixels"/>, of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="image">[3, rows, columns], extended by reflection.</param>
    void Load(int first, int count, Tensor image);

    /// <summary>As <see cref="Backend.StorePixels"/>, to some rows; alpha stays as it is.</summary>
    void Store(Tensor image, int first, int count);

    /// <summary>Copies the picture to the host.</summary>
    PixelImage Download();

    /// <summary>Copies a picture of the same size and layout, without gaps, from the host.</summary>
    void Upload(PixelImage image);

    /// <summary>Gives every pixel the alpha of a content of the same size and layout; other bytes may change.</summary>
    void TakeAlpha(IDevicePicture content);
}
