namespace Wct.Kernels.Gpu;

/// <summary>How weights in half precision lie for the matrix units.</summary>
/// <remarks>
/// [block of 64 outputs, step of 16 inputs, tap, output, input]. A step's inputs are two pieces of 16 bytes, which are exchanged at every other four
/// outputs: the kernel copies the weights as they are to shared memory, and what it reads at a time lies in banks of its own there.
/// </remarks>
internal static class HalfWeights
{
    /// <summary>Output channels of a block.</summary>
    internal const int Block = 64;

    private const int Step = 16, Piece = 8, Exchanged = 4;

    /// <summary>Whether the kernel can do a layer: it knows whole blocks alone.</summary>
    internal static bool Fit(ConvolutionShape shape) =>
        shape.KernelSize == 3 && shape.InChannels % Step == 0 && shape.OutChannels % Block == 0;

    /// <summary>Rounds and arranges weights.</summary>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal static Half[] Arrange(ConvolutionShape shape, ReadOnlySpan<float> weights)
    {
        (int inChannels, int taps, int steps) = (shape.InChannels, shape.Taps, shape.InChannels / Step);
        Half[] arranged = new Half[weights.Length];
        int at = 0;
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < inChannels; i++)
            {
                long first = ((long)(o / Block) * steps + i / Step) * taps;
                int piece = i / Piece % 2 ^ o / Exchanged % 2;
                for (int tap = 0; tap < taps; tap++)
                    arranged[((first + tap) * Block + o % Block) * Step + piece * Piece + i % Piece] = Rounded(weights[at++]);
            }
        }

        return arranged;
    }

    // Larger ones would become infinite.
    private static Half Rounded(float weight) => (Half)Math.Clamp(weight, (float)Half.MinValue, (float)Half.MaxValue);
}
