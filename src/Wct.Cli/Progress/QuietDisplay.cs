using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class QuietDisplay : IDisplay
{
    public PixelImage Show(Func<IProgress<StylizeProgress>?, PixelImage> work) => work(null);
}
