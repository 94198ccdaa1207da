using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class QuietDisplay : IDisplay
{
    public void Show(Action<IProgress<StylizeProgress>?> work) => work(null);
}
