namespace Wct.Training.Data;

/// <summary>Random numbers that depend on a seed and an index, not on the numbers that were drawn before.</summary>
internal static class RandomOrder
{
    /// <summary>Returns the random generator of an index.</summary>
    internal static Random For(long seed, long index) => new((int)Mix((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)index) & int.MaxValue);

    /// <summary>Returns the numbers below <paramref name="count"/> in random order.</summary>
    internal static int[] Of(int count, long seed, long round)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        For(seed, ~round).Shuffle(order);
        return order;
    }

    // The finalizer of SplitMix64 (Steele et al. 2014): neighboring inputs give unrelated outputs.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
