namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Maps indices outside of a map to indices inside.</summary>
internal static class Border
{
    /// <summary>Reflects an index that is at most one pixel outside. Indices further outside don't affect any output, so they give an
    /// arbitrary index inside.</summary>
    internal static int Reflect(int index, int length)
    {
        int reflected = index < 0 ? -index : index;
        reflected = reflected >= length ? 2 * length - 2 - reflected : reflected;
        return Nearest(reflected, length);
    }

    /// <summary>Clamps an index to the nearest one inside.</summary>
    internal static int Nearest(int index, int length) => Math.Max(0, Math.Min(index, length - 1));
}
