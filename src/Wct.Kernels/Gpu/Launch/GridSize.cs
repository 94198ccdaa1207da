namespace Wct.Kernels.Gpu.Launch;

/// <summary>Groups to launch, in each direction.</summary>
internal readonly record struct GridSize(int X, int Y = 1, int Z = 1)
{
    // CUDA's limits for the second and third.
    private const int MostAcross = 65535;

    /// <summary>Enough groups for so many items.</summary>
    /// <exception cref="NotSupportedException">More than a launch can have.</exception>
    internal static GridSize For(long items, int perGroup)
    {
        long groups = (items + perGroup - 1) / perGroup;
        return groups <= int.MaxValue ? new GridSize((int)groups) : throw new NotSupportedException($"{items} items are more than a device takes in one launch.");
    }

    /// <summary>Fails where the device would.</summary>
    internal GridSize Checked() =>
        Y <= MostAcross && Z <= MostAcross ? this : throw new NotSupportedException($"{this} is more than a device takes in one launch.");
}
