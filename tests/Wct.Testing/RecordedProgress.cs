namespace Wct.Testing;

/// <summary>Records all reports of progress.</summary>
/// <typeparam name="T">The type of a report.</typeparam>
public sealed class RecordedProgress<T> : IProgress<T>
{
    private readonly List<T> _reports = [];

    /// <summary>The reports so far, in order.</summary>
    public IReadOnlyList<T> Reports => _reports;

    /// <summary>Called once, on the thread that reports, after the third report.</summary>
    public Action? AfterThree { get; init; }

    /// <inheritdoc/>
    public void Report(T value)
    {
        _reports.Add(value);
        if (_reports.Count == 3)
            AfterThree?.Invoke();
    }
}
