using System.Runtime.InteropServices;

namespace Wct.Net.Models;

/// <summary>A few letters that tell a model's encoders from others: whatever measures a style goes in, to the last bit.</summary>
/// <remarks>A hash of our own, not a cryptographic one: on Linux those need a library of the system's. It tells mistakes, not
/// forgeries.</remarks>
internal static class EncoderFingerprint
{
    // Odd, with bits everywhere: the golden ratio's.
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
            // What lies behind the deepest tap in use measures nothing.
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

    // A multiplication carries bits upwards alone; the shift brings them down again.
    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Multiplier;
        return hash ^ (hash >> 29);
    }
}
