namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Where a tile reads beyond the map.</summary>
internal static class Border
{
    /// <summary>Reflection of what lies one pixel outside. What lies further out belongs to no output: any pixel will do, as long as it exists.</summary>
    internal static int Reflect(int index, int length)
    {
        int reflected = index < 0 ? -index : index;
        reflected = reflected >= length ? 2 * length - 2 - reflected : reflected;
        return Nearest(reflected, length);
    }

    /// <summary>The nearest index inside.</summary>
    internal static int Nearest(int index, int length) => Math.Max(0, Math.Min(index, length - 1));
}
