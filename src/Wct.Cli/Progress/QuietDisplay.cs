using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Runs the work without showing progress.</summary>
internal sealed class QuietDisplay : IDisplay
{
    public void Show(Action<IProgress<StylizeProgress>?> work) => work(null);
}
