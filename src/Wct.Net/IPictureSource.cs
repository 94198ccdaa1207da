using Wct.Kernels;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>A whole picture in memory, the host's or the device's, that goes into tensors. It can be read more than once.</summary>
internal interface IPictureSource
{
    /// <summary>Pixels per row.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Which pixels can be seen; null where all can.</summary>
    Visibility? FindVisibility();

    /// <summary>Loads the picture, hidden pixels with colors of their surroundings.</summary>
    /// <param name="visibility">From <see cref="FindVisibility"/>.</param>
    /// <param name="image">[3, H, W], extended by reflection.</param>
    void Load(Visibility? visibility, Tensor image);

    /// <summary>Loads some rows, hidden pixels as they are.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="image">[3, rows, columns], extended by reflection.</param>
    /// <param name="scratch">Working memory, kept from call to call; replaced where it is too short.</param>
    void Load(int first, int count, Tensor image, ref byte[] scratch);
}
