using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Reports the progress of a feed-forward network, which has no levels, to a display.</summary>
internal sealed class NetworkProgress(IProgress<StylizeProgress> display) : IProgress<double>
{
    public void Report(double value) => display.Report(new StylizeProgress(0, StylizeStage.Decode, value));
}
