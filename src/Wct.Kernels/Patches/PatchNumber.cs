namespace Wct.Kernels.Patches;

/// <summary>Reads the numbers of patches from a map.</summary>
internal static class PatchNumber
{
    /// <summary>The patch with a number. A number below 0 or NaN gives the first patch, and one beyond the last gives the last.</summary>
    /// <param name="number">A value of a map.</param>
    /// <param name="count">Number of patches, at least 1.</param>
    internal static int Clamp(float number, int count) =>
        number > 0f ? Math.Min((int)Math.Min(number, (float)(count - 1)), count - 1) : 0;
}
