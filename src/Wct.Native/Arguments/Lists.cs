namespace Wct.Native.Arguments;

/// <summary>Checks arrays in a caller's memory.</summary>
internal static unsafe class Lists
{
    // As many as in a recipe. A larger count comes from uninitialized memory.
    internal const int Most = 100;

    /// <exception cref="ArgumentException">The address is NULL, or the count is out of range.</exception>
    internal static void Check(void* list, nuint count, string name)
    {
        if (count is 0 or > Most)
            throw new ArgumentException($"'count' is {count}; it can be 1 to {Most}.");
        if (list is null)
            throw new ArgumentException($"'{name}' is NULL.");
    }
}
