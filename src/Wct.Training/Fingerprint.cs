using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wct.Net.Models;

namespace Wct.Training;

/// <summary>Short hashes that identify networks and lists of pictures.</summary>
internal static class Fingerprint
{
    private const int Letters = 12;

    /// <summary>Returns the hash of all bits of the weights.</summary>
    internal static string Of(IEnumerable<ConvolutionWeights> convolutions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ConvolutionWeights convolution in convolutions)
        {
            hash.AppendData(MemoryMarshal.AsBytes(convolution.Weights.Span));
            hash.AppendData(MemoryMarshal.AsBytes(convolution.Bias.Span));
        }

        return Text(hash.GetHashAndReset());
    }

    /// <summary>Returns the hash of names. It depends on their order.</summary>
    internal static string Of(IEnumerable<string> names) => Text(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', names))));

    /// <summary>Returns the hash of bytes, such as a mask's.</summary>
    internal static string Of(ReadOnlySpan<byte> bytes) => Text(SHA256.HashData(bytes));

    /// <summary>Returns the hash of a picture: its size, layout and pixels.</summary>
    internal static string Of(PixelImage picture)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{picture.Width}x{picture.Height} {picture.Layout}"));
        for (int y = 0; y < picture.Height; y++)
            hash.AppendData(picture.Row(y));
        return Text(hash.GetHashAndReset());
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..Letters];
}
