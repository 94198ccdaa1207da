using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Names the stage that is being computed.</summary>
internal static class StageText
{
    internal static string Of(StylizeProgress progress) => progress.Stage switch
    {
        StylizeStage.Style => "style",
        StylizeStage.Transform when progress.Level == 0 => "pixels",
        _ when progress.Level == 0 => "network",
        StylizeStage.Encode => $"level {progress.Level}: encode",
        StylizeStage.Transform => $"level {progress.Level}: transform",
        _ => $"level {progress.Level}: decode",
    };
}
