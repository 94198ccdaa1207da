namespace Wct.Kernels.Gpu.Launch;

/// <summary>The thread blocks of a launch, in each dimension.</summary>
internal readonly record struct GridSize(int X, int Y = 1, int Z = 1)
{
    // CUDA's limit for the second and third dimension.
    private const int MaximumYZ = 65535;

    /// <summary>Enough thread blocks for a number of items.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="perBlock">Items of a thread block.</param>
    /// <exception cref="NotSupportedException">A launch can't have so many thread blocks.</exception>
    internal static GridSize For(long items, int perBlock)
    {
        long blocks = (items + perBlock - 1) / perBlock;
        return blocks <= int.MaxValue
            ? new GridSize((int)blocks) : throw new NotSupportedException($"{items} items are more than a device takes in one launch.");
    }

    /// <summary>This grid, if a device can launch it.</summary>
    /// <exception cref="NotSupportedException">The second or third dimension is too large.</exception>
    internal GridSize Checked() =>
        Y <= MaximumYZ && Z <= MaximumYZ ? this : throw new NotSupportedException($"{this} is more than a device takes in one launch.");
}
