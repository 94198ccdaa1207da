using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Writes a line whenever another stage begins: for logs.</summary>
/// <remarks>Reports are handled where they are made: the framework's Progress would hand them to other threads, out of order and too late.</remarks>
internal sealed class LineDisplay(TextWriter output) : IDisplay, IProgress<StylizeProgress>
{
    private (int Level, StylizeStage Stage)? _shown;

    public void Show(Action<IProgress<StylizeProgress>?> work) => work(this);

    public void Report(StylizeProgress value)
    {
        if (_shown == (value.Level, value.Stage))
            return;
        _shown = (value.Level, value.Stage);
        output.WriteLine(StageText.Of(value));
    }
}
