using System.Runtime.CompilerServices;

namespace Wct.Kernels.Gpu;

/// <summary>How weights lie for the tensor cores.</summary>
/// <remarks>
/// [block of 64 outputs, step of inputs, tap, output, input], rounded. A step's inputs are two pieces of 16 bytes, which are exchanged at every other
/// four outputs: the kernels copy the weights as they are to shared memory, and what they read at a time lies in banks of its own there.
/// </remarks>
internal static class TensorCoreWeights
{
    /// <summary>Output channels of a block.</summary>
    internal const int Block = 64;

    private const int PieceBytes = 16, Exchanged = 4;

    // TF32 has 10 bits behind the point, float 23.
    private const uint Dropped = (1 << 13) - 1;

    /// <summary>Whether the kernels can do a layer: they know whole blocks and steps alone.</summary>
    /// <param name="bytes">Of a rounded number.</param>
    internal static bool Fit(ConvolutionShape shape, int bytes) =>
        shape.KernelSize == 3 && shape.InChannels % (2 * PieceBytes / bytes) == 0 && shape.OutChannels % Block == 0;

    /// <summary>Rounds weights to halves; larger ones would become infinite.</summary>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal static Half[] Halves(ConvolutionShape shape, ReadOnlySpan<float> weights) =>
        Pack(shape, weights, weight => (Half)Math.Clamp(weight, (float)Half.MinValue, (float)Half.MaxValue));

    /// <summary>Rounds weights to TF32.</summary>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal static float[] Tf32(ConvolutionShape shape, ReadOnlySpan<float> weights) => Pack(shape, weights, RoundToTf32);

    /// <summary>The nearest number of TF32, from the middle away from zero, as the kernel rounds inputs. From 3.402e38 on that is an infinity.</summary>
    internal static float RoundToTf32(float number) => float.IsFinite(number)
        ? BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(number) + Dropped / 2 + 1) & ~Dropped) : number;

    private static T[] Pack<T>(ConvolutionShape shape, ReadOnlySpan<float> weights, Func<float, T> round)
        where T : unmanaged
    {
        int pieceLength = PieceBytes / Unsafe.SizeOf<T>(), step = 2 * pieceLength;
        (int inChannels, int taps, int steps) = (shape.InChannels, shape.Taps, shape.InChannels / step);
        T[] packed = new T[weights.Length];
        int at = 0;
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < inChannels; i++)
            {
                long first = ((long)(o / Block) * steps + i / step) * taps;
                int piece = i / pieceLength % 2 ^ o / Exchanged % 2;
                for (int tap = 0; tap < taps; tap++)
                    packed[((first + tap) * Block + o % Block) * step + piece * pieceLength + i % pieceLength] = round(weights[at++]);
            }
        }

        return packed;
    }
}
