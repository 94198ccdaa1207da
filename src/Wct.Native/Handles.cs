using System.Collections.Concurrent;

namespace Wct.Native;

/// <summary>
/// What callers hold: numbers that are looked up, never addresses that are followed. A number is given out once, so whatever is done with
/// one that was freed, or made up, finds nothing.
/// </summary>
internal static unsafe class Handles
{
    // No address of a program's has these upper bits on any system that we know: one that is mistaken for a handle finds nothing, and a
    // handle that is followed all the same fails at once.
    private const long Mark = 0x5743L << 48;

    private static readonly ConcurrentDictionary<nint, object> Table = new();
    private static long _last;

    /// <summary>Gives out a handle.</summary>
    internal static nint Add(object value)
    {
        nint handle = (nint)(Mark | Interlocked.Increment(ref _last));
        Table[handle] = value;
        return handle;
    }

    /// <summary>What a handle stands for.</summary>
    /// <exception cref="InvalidHandleException">Nothing, or something of another kind.</exception>
    internal static T Get<T>(nint handle)
        where T : class => Table.TryGetValue(handle, out object? value) && value is T found ? found : throw Invalid<T>(handle, value);

    /// <summary>Takes a handle back.</summary>
    /// <returns>What it stood for: to one caller alone.</returns>
    /// <exception cref="InvalidHandleException">Nothing, or something of another kind.</exception>
    internal static T Remove<T>(nint handle)
        where T : class
    {
        T value = Get<T>(handle);
        return Table.TryRemove(new KeyValuePair<nint, object>(handle, value)) ? value : throw Invalid<T>(handle, null);
    }

    /// <summary>Makes the place for a handle ready before anything else can fail.</summary>
    /// <exception cref="ArgumentException">There is no place.</exception>
    internal static void Clear(nint* result, string name)
    {
        if (result is null)
            throw new ArgumentException($"'{name}' is NULL.");
        *result = 0;
    }

    private static InvalidHandleException Invalid<T>(nint handle, object? found)
    {
        string wanted = typeof(T) == typeof(Net.PreparedStyle) ? "style" : "model";
        string problem = found is null ? "was freed already or never given out" : $"is no {wanted}";
        return new InvalidHandleException(
            handle == 0 ? $"The {wanted}'s handle is NULL." : $"The {wanted}'s handle 0x{handle:x} {problem}.");
    }
}
