using Wct.Kernels;

namespace Wct.Net;

/// <summary>A picture in the memory of the device that computes. Its rows are copied to and from tensors without passing through the
/// host.</summary>
internal interface IDevicePicture
{
    /// <summary>Pixels per row.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Layout of a pixel.</summary>
    PixelLayout Layout { get; }

    /// <summary>Loads some rows, like <see cref="Backend.LoadPixels"/>.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="image">[3, rows, columns], extended by reflection.</param>
    void Load(int first, int count, Tensor image);

    /// <summary>Stores some rows, like <see cref="Backend.StorePixels"/>. Alpha is unchanged.</summary>
    void Store(Tensor image, int first, int count);

    /// <summary>Copies the picture to the host.</summary>
    PixelImage Download();

    /// <summary>Copies a picture of the same size and layout, without gaps, from the host.</summary>
    void Upload(PixelImage image);

    /// <summary>Copies the alpha of a content of the same size and layout. The other bytes may change.</summary>
    void TakeAlpha(IDevicePicture content);
}
