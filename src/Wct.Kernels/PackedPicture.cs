namespace Wct.Kernels;

/// <summary>A picture of 0..1 that is only kept, three bytes per sample: made with <see cref="Backend.AllocatePacked"/>, written and read in parts.</summary>
/// <remarks>
/// A sample x is stored as n = min(2^24 - 1, round(2^24·clamp(x, 0, 1))), half to even, and read as n / 2^24. From 1/2 to below 1 that is as
/// fine as a float and loses nothing; elsewhere it is off by 2^-25 at most, and a 1 by 2^-24. Written again, what was read stays the same.
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
