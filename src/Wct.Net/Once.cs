namespace Wct.Net;

/// <summary>A value made when first asked for, by one thread while others wait.</summary>
/// <remarks>Unlike <see cref="Lazy{T}"/> it keeps no failure: what there was no memory for is tried again the next time.</remarks>
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
                    // It may hold much that the value doesn't need.
                    _make = null;
                }

                return _value;
            }
        }
    }
}
