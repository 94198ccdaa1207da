using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Normalizes each channel with its own numbers, and applies an activation function.</summary>
internal static class Normalization
{
    private const int ThreadBlockSize = 256;

    /// <param name="input">[pixels, channels].</param>
    /// <param name="numbers">[channels]: the center, the rest that its rounding lost, the factor, and the offset.</param>
    /// <param name="output">[pixels, channels]; may be the input.</param>
    /// <param name="channels">Channels of both maps.</param>
    /// <param name="pixels">Pixels of each map.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="slopeBits">The bits of a leaky ReLU's slope, a float.</param>
    [KernelName("Normalize"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> input, ArrayView<Quad> numbers, ArrayView<float> output, int channels, int pixels, int activation, int slopeBits)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)pixels * channels)
            return;
        Quad own = numbers[i % channels];
        float centered = input[i] - own.X - own.Y;
        output[i] = ActivationFunction.Apply(own.Z * centered + own.W, activation, slopeBits);
    }
}
