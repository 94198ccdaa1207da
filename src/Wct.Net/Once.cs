namespace Wct.Net;

/// <summary>A value that is computed when it is first read, by one thread while others wait.</summary>
/// <remarks>Unlike <see cref="Lazy{T}"/>, it doesn't cache exceptions: after an out-of-memory error, the next read tries again.</remarks>
internal sealed class Once<T>(Func<T> make)
    where T : class
{
    private readonly Lock _lock = new();
    private Func<T>? _make = make;
    private volatile T? _value;

    internal bool IsMade => _value is not null;

    internal T Value
    {
        get
        {
            if (_value is { } made)
                return made;
            lock (_lock)
            {
                if (_value is null)
                {
                    _value = _make!();
                    // The delegate may keep a lot of memory alive that the value doesn't need.
                    _make = null;
                }

                return _value;
            }
        }
    }
}
