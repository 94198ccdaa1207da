using Wct.Net;
using Wct.Training;

namespace Wct.Cli.Progress;

/// <summary>Reports the steps of an optimization of pixels, which has no levels, to a display.</summary>
internal sealed class PixelSteps(IProgress<StylizeProgress> display) : IProgress<PixelProgress>
{
    public void Report(PixelProgress value) =>
        display.Report(new StylizeProgress(0, StylizeStage.Transform, (double)value.Step / value.Steps));
}
