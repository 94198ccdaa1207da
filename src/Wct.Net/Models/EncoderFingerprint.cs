using System.Runtime.InteropServices;

namespace Wct.Net.Models;

/// <summary>A hash of a model's encoders, which identifies them. It covers every bit of all weights that measuring a style uses.</summary>
/// <remarks>Not a cryptographic hash, because on Linux these need a system library. It detects mistakes, not forgeries.</remarks>
internal static class EncoderFingerprint
{
    // 2^64 divided by the golden ratio: odd, with evenly distributed bits.
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>16 hexadecimal digits.</summary>
    internal static string Of(WctModel model)
    {
        ulong hash = 0;
        foreach (EncoderWeights encoder in model.Encoders)
        {
            int[] users = [.. model.Levels.Where(level => level.Encoder == encoder).Select(level => level.Level)];
            foreach (int level in users)
                hash = Mix(hash, (ulong)level);
            // Layers after the deepest tap in use play no part in measuring.
            foreach (ConvolutionWeights layer in encoder.UpTo(users[0]).Convolutions)
            {
                hash = Mix(hash, ((ulong)(uint)layer.OutChannels << 32) | (uint)layer.InChannels);
                hash = Mix(Mix(hash, layer.Weights.Span), layer.Bias.Span);
            }
        }

        return $"{Mix(hash, 0):x16}";
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<float> values)
    {
        foreach (ulong pair in MemoryMarshal.Cast<float, ulong>(values))
            hash = Mix(hash, pair);
        return values.Length % 2 == 0 ? hash : Mix(hash, BitConverter.SingleToUInt32Bits(values[^1]));
    }

    // A multiplication only carries bits upward, so the shift carries them down.
    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Multiplier;
        return hash ^ (hash >> 29);
    }
}
