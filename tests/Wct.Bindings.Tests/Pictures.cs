namespace Wct.Bindings.Tests;

/// <summary>Creates pictures from random numbers.</summary>
internal static class Pictures
{
    /// <summary>Creates random bytes, including those in the gaps between rows.</summary>
    internal static byte[] Noise(int bytes, int seed)
    {
        byte[] noise = new byte[bytes];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
