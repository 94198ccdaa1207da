namespace Wct.Training.Data;

/// <summary>Chance that can be asked for in any order: numbers depend on a seed and on what they are for, not on what was drawn before.</summary>
internal static class RandomOrder
{
    /// <summary>A generator for one purpose.</summary>
    /// <param name="index">What it is for.</param>
    internal static Random For(long seed, long index) => new((int)Mix((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)index) & int.MaxValue);

    /// <summary>The numbers below <paramref name="count"/> in random order.</summary>
    internal static int[] Of(int count, long seed, long round)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        For(seed, ~round).Shuffle(order);
        return order;
    }

    // The finaliser of SplitMix64 (Steele et al. 2014): neighboring inputs give unrelated outputs.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
