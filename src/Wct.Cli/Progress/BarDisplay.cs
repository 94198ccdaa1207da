using Spectre.Console;
using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Draws a bar on a terminal.</summary>
/// <remarks>Loading what draws it takes longer than many a picture: it appears only once the work has taken a while.</remarks>
/// <param name="number">Stands before the stage: which of many pictures it is.</param>
internal sealed class BarDisplay(string number) : IDisplay, IProgress<StylizeProgress>
{
    // The longest text; with a width of its own the bar would jump.
    private const int TextWidth = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.4), Interval = TimeSpan.FromSeconds(0.1);

    // A class of its own: the worker writes it and the display reads it, and a reference can't be seen half written.
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
            // A terminal that has gone, or no thread to draw with: the work goes on unseen.
        }
        finally
        {
            // Whatever happens to the terminal: the work uses what the caller frees as soon as this returns.
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

    // Unlike Task.Wait, leaves the task's exception to whoever asks for the result.
    private static bool Ends(Task task, TimeSpan within) => Task.WaitAny([task], within) == 0;
}
