namespace Wct.Kernels;

/// <summary>A picture with samples in 0..1, stored in three bytes per sample to save memory. <see cref="Backend.AllocatePacked"/> creates
/// it. It is written and read in regions.</summary>
/// <remarks>
/// A sample x is stored as n = min(2^24 - 1, round(2^24·clamp(x, 0, 1))), half to even, and read as n / 2^24. From 1/2 to below 1
/// this is exact, because floats have the same spacing there. Below 1/2 the error is at most 2^-25, and for 1 it is 2^-24. Storing a value
/// that was read doesn't change it.
/// </remarks>
public abstract class PackedPicture : IDisposable
{
    internal const int SampleBytes = 3, PixelBytes = 3 * SampleBytes;

    private protected PackedPicture(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
