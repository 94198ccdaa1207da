using Wct.Kernels;

namespace Wct.Net;

/// <summary>The place of a whole result in memory, the host's or the device's.</summary>
internal interface IPictureTarget
{
    /// <summary>Called once before anything is stored: brings the content's alpha.</summary>
    void Begin();

    /// <summary>Stores rows from top to bottom; alpha stays as it is.</summary>
    /// <param name="image">[3, rows, columns], 0..1; what is beyond the picture is left out.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    void Store(Tensor image, int first, int count);

    /// <summary>Called once after everything was stored.</summary>
    void End();
}
