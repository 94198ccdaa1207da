using Wct.Kernels;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>Loads a picture in the host's or the device's memory into tensors. It can be read more than once.</summary>
internal interface IPictureSource
{
    /// <summary>Pixels per row.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Which pixels are visible; null if all are.</summary>
    Visibility? FindVisibility();

    /// <summary>Loads the picture. Hidden pixels get colors of their surroundings.</summary>
    /// <param name="visibility">From <see cref="FindVisibility"/>.</param>
    /// <param name="image">[3, H, W], extended by reflection.</param>
    void Load(Visibility? visibility, Tensor image);

    /// <summary>Loads some rows. Hidden pixels keep their colors.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="image">[3, rows, columns], extended by reflection.</param>
    /// <param name="scratch">Working memory that is reused from call to call; replaced if it is too short.</param>
    void Load(int first, int count, Tensor image, ref byte[] scratch);
}
