using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows how far the work is, while it runs.</summary>
internal interface IDisplay
{
    /// <summary>Runs the work, giving it somebody to report to, or null.</summary>
    PixelImage Show(Func<IProgress<StylizeProgress>?, PixelImage> work);
}
