namespace Wct.Kernels;

/// <summary>Reflection at a picture's borders. The border pixel itself isn't repeated: … 2 1 | 0 1 2 … n-1 | n-2 n-3 …</summary>
public static class Reflection
{
    /// <summary>Reflects an index into [0, <paramref name="length"/>), at any distance outside of it.</summary>
    /// <param name="index">Any index.</param>
    /// <param name="length">Length of the side, at least 1. A side of one pixel repeats that pixel.</param>
    public static int Index(int index, int length)
    {
        if ((uint)index < (uint)length)
            return index;
        if (length == 1)
            return 0;
        int period = 2 * (length - 1);
        int phase = index % period;
        if (phase < 0)
            phase += period;
        return phase < length ? phase : period - phase;
    }
}
