using Wct.Net;

namespace Wct.Cli.Methods;

/// <summary>A way to stylize that <c>wct compare --methods</c> shows beside others.</summary>
/// <remarks>Everything that is read from files is read before a method is created, so that its time is that of the method alone.</remarks>
internal interface IStyleMethod
{
    /// <summary>The name on the sheet and in the table.</summary>
    string Name { get; }

    /// <summary>Stylizes a picture.</summary>
    /// <param name="content">The photo.</param>
    /// <param name="style">The painting.</param>
    /// <param name="progress">Receives reports; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size and alpha.</returns>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    PixelImage Run(PixelImage content, PixelImage style, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Does a small part of the same work, so that code is compiled and kernels are loaded before the time is measured.</summary>
    /// <param name="picture">A small picture.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    void WarmUp(PixelImage picture, CancellationToken cancellationToken) => Run(picture, picture, progress: null, cancellationToken);
}
