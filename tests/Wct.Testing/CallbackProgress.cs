namespace Wct.Testing;

/// <summary>Calls back for each report of progress, on the thread that reports. <see cref="Progress{T}"/> may call on others, and
/// later.</summary>
/// <typeparam name="T">The type of a report.</typeparam>
/// <param name="called">Called with each report.</param>
public sealed class CallbackProgress<T>(Action<T> called) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => called(value);
}
