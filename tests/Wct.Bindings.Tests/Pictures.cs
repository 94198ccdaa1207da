namespace Wct.Bindings.Tests;

/// <summary>Pictures made of numbers.</summary>
internal static class Pictures
{
    /// <summary>Noise, with whatever lies in the gaps between its rows.</summary>
    internal static byte[] Noise(int bytes, int seed)
    {
        byte[] noise = new byte[bytes];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
