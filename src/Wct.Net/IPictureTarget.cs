using Wct.Kernels;

namespace Wct.Net;

/// <summary>Stores a result in the host's or the device's memory.</summary>
internal interface IPictureTarget
{
    /// <summary>Called once before the first row is stored. Copies the content's alpha.</summary>
    void Begin();

    /// <summary>Stores rows, called from top to bottom. Alpha is unchanged.</summary>
    /// <param name="image">[3, rows, columns], 0..1; rows and columns beyond the picture are ignored.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    void Store(Tensor image, int first, int count);

    /// <summary>Called once after the last row was stored.</summary>
    void End();
}
