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

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..Letters];
}
