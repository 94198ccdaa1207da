namespace Wct.AspNetCore.Styles;

/// <summary>Keeps the values that were used last, within a memory limit. Thread-safe.</summary>
/// <param name="limit">Largest sum of the values' bytes; larger values are not kept.</param>
internal sealed class StyleCache(long limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly Dictionary<string, TaskCompletionSource<object?>> _making = [];
    // The value that was used last is the first one.
    private readonly LinkedList<Entry> _order = new();

    /// <summary>The bytes of all values that are kept.</summary>
    internal long Bytes
    {
        get
        {
            lock (_lock)
                return _order.Sum(entry => entry.Bytes);
        }
    }

    /// <summary>Finds a value; null if there is none.</summary>
    internal T? Find<T>(string key)
        where T : class
    {
        lock (_lock)
            return Used(key) as T;
    }

    /// <summary>Keeps a value.</summary>
    /// <returns>Whether the value is kept; false if it is larger than the limit.</returns>
    internal bool Add(string key, object value, long bytes)
    {
        lock (_lock)
            return Keep(new Entry(key, value, bytes));
    }

    /// <summary>Finds a value or makes it. If several threads need the same value, one makes it and the others wait.</summary>
    /// <param name="key">The value's key.</param>
    /// <param name="make">Makes the value. If it throws, a thread that waits makes the value itself.</param>
    /// <param name="measure">The bytes of a value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value, and whether another call had made it.</returns>
    internal (T Value, bool IsHit) Get<T>(string key, Func<T> make, Func<T, long> measure, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            TaskCompletionSource<object?>? other;
            TaskCompletionSource<object?> own = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (Used(key) is T kept)
                    return (kept, true);
                if (!_making.TryGetValue(key, out other))
                    _making.Add(key, own);
            }

            if (other is null)
                return (Make(key, make, measure, own), false);
            other.Task.Wait(cancellationToken);
            if (other.Task.Result is T made)
                return (made, true);
        }
    }

    private T Make<T>(string key, Func<T> make, Func<T, long> measure, TaskCompletionSource<object?> own)
        where T : class
    {
        T? made = null;
        try
        {
            made = make();
            return made;
        }
        finally
        {
            lock (_lock)
            {
                _making.Remove(key);
                if (made is not null)
                    Keep(new Entry(key, made, measure(made)));
            }

            own.SetResult(made);
        }
    }

    private object? Used(string key)
    {
        if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            return null;
        _order.Remove(node);
        _order.AddFirst(node);
        return node.Value.Value;
    }

    private bool Keep(Entry entry)
    {
        if (entry.Bytes > limit)
            return false;
        if (_entries.Remove(entry.Key, out LinkedListNode<Entry>? old))
            _order.Remove(old);
        _entries.Add(entry.Key, _order.AddFirst(entry));
        long sum = _order.Sum(kept => kept.Bytes);
        while (sum > limit && _order.Last is { } last)
        {
            sum -= last.Value.Bytes;
            _entries.Remove(last.Value.Key);
            _order.RemoveLast();
        }

        return true;
    }

    private sealed record Entry(string Key, object Value, long Bytes);
}
