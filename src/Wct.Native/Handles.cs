using System.Collections.Concurrent;

namespace Wct.Native;

/// <summary>
/// The table of handles. A handle is a number that is looked up, never an address that is dereferenced. Each number is used once, so a
/// handle that was freed or made up is not found.
/// </summary>
internal static unsafe class Handles
{
    // The upper bits of all handles. No known system gives programs such addresses. So an address that is passed as a handle is not found,
    // and a handle that is dereferenced fails at once.
    private const long Mark = 0x5743L << 48;

    private static readonly ConcurrentDictionary<nint, object> Table = new();
    private static long _last;

    /// <summary>Creates a handle.</summary>
    internal static nint Add(object value)
    {
        nint handle = (nint)(Mark | Interlocked.Increment(ref _last));
        Table[handle] = value;
        return handle;
    }

    /// <summary>The object of a handle.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="place">Where the handle is, if the call has several, for the message: "styles[1]".</param>
    /// <exception cref="InvalidHandleException">The handle doesn't exist, or is of another kind.</exception>
    internal static T Get<T>(nint handle, string? place = null)
        where T : class =>
        Table.TryGetValue(handle, out object? value) && value is T found ? found : throw Invalid<T>(handle, value, place);

    /// <summary>Removes a handle.</summary>
    /// <returns>The handle's object. If several threads remove a handle, only one gets it.</returns>
    /// <exception cref="InvalidHandleException">The handle doesn't exist, or is of another kind.</exception>
    internal static T Remove<T>(nint handle)
        where T : class
    {
        T value = Get<T>(handle);
        return Table.TryRemove(new KeyValuePair<nint, object>(handle, value)) ? value : throw Invalid<T>(handle, found: null, place: null);
    }

    /// <summary>Sets the output for a handle to NULL, before anything else can fail.</summary>
    /// <exception cref="ArgumentException">The output is NULL.</exception>
    internal static void Clear(nint* result, string name)
    {
        if (result is null)
            throw new ArgumentException($"'{name}' is NULL.");
        *result = 0;
    }

    private static InvalidHandleException Invalid<T>(nint handle, object? found, string? place)
    {
        string wanted = typeof(T) == typeof(Net.PreparedStyle) ? "style" : typeof(T) == typeof(Net.StyleNetwork) ? "network" : "model";
        string problem = found is null ? "was freed already or never given out" : $"is no {wanted}";
        string start = place is null ? "The" : $"'{place}': the";
        return new InvalidHandleException(
            handle == 0 ? $"{start} {wanted}'s handle is NULL." : $"{start} {wanted}'s handle 0x{handle:x} {problem}.");
    }
}

/// <summary>Thrown if a handle doesn't exist, or is of another kind.</summary>
internal sealed class InvalidHandleException(string message) : Exception(message);
