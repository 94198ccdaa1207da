namespace Wct.Native.Arguments;

/// <summary>Checks numbers in the options that the library doesn't check, because it has other types for them.</summary>
internal static class Numbers
{
    /// <exception cref="ArgumentException">The field isn't 0.</exception>
    internal static void CheckReserved(uint value, string field)
    {
        if (value != 0)
            throw new ArgumentException($"'options->{field}' is {value}; it must be 0.");
    }

    /// <exception cref="ArgumentException">The field is neither 0 nor 1.</exception>
    internal static bool IsOn(int value, string field) => value is 0 or 1
        ? value == 1 : throw new ArgumentException($"'options->{field}' is {value}; it can be 0 or 1.");

    /// <summary>The memory budget; null for the default.</summary>
    /// <exception cref="ArgumentException">The budget is negative.</exception>
    internal static long? Memory(long value) => value switch
    {
        0 => null,
        < 0 => throw new ArgumentException($"'options->max_memory' is {value}; it must be at least 0."),
        _ => value,
    };
}
