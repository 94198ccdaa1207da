using Spectre.Console;
using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows progress while work runs.</summary>
internal interface IDisplay
{
    /// <summary>Runs the work and passes it a progress listener, which may be null.</summary>
    void Show(Action<IProgress<StylizeProgress>?> work);
}

/// <summary>Runs the work without showing progress.</summary>
internal sealed class QuietDisplay : IDisplay
{
    public void Show(Action<IProgress<StylizeProgress>?> work) => work(null);
}

/// <summary>Draws a progress bar on a terminal.</summary>
/// <remarks>Loading the library that draws takes longer than stylizing a small picture, so the bar appears only after a delay.</remarks>
/// <param name="number">The number of the picture if there are several; shown before the stage.</param>
internal sealed class BarDisplay(string number) : IDisplay, IProgress<StylizeProgress>
{
    // The width of the longest text. Without a fixed width, the bar would jump.
    private const int TextWidth = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.4), Interval = TimeSpan.FromSeconds(0.1);

    // A class and not a struct, because one thread writes it while another reads it, and references are written atomically.
    private sealed record Latest(StylizeProgress Progress);

    private volatile Latest _latest = new(default);

    public void Show(Action<IProgress<StylizeProgress>?> work)
    {
        Task running = Background.Start(() =>
        {
            work(this);
            return true;
        });
        try
        {
            if (!Ends(running, Patience))
                Draw(running);
        }
        catch (Exception error) when (error is IOException or OutOfMemoryException or ThreadStartException)
        {
            // The terminal was closed, or there is no thread to draw with. The work continues without a display.
        }
        finally
        {
            // Always waits for the work, because the caller frees resources that the work uses.
            Ends(running, Timeout.InfiniteTimeSpan);
        }

        running.GetAwaiter().GetResult();
    }

    public void Report(StylizeProgress value) => _latest = new Latest(value);

    private void Draw(Task running) =>
        AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(
            context =>
        {
            ProgressTask bar = context.AddTask(Text(_latest.Progress), maxValue: 1);
            do
            {
                StylizeProgress now = _latest.Progress;
                bar.Description = Text(now);
                bar.Value = now.Fraction;
            }
            while (!Ends(running, Interval));
        });

    private string Text(StylizeProgress progress) => number + StageText.Of(progress).PadRight(TextWidth);

    // Waits for a task. Unlike Task.Wait, doesn't throw the task's exception.
    private static bool Ends(Task task, TimeSpan within) => Task.WaitAny([task], within) == 0;
}
