using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Applies an activation function.</summary>
internal static class ActivationPass
{
    private const int ThreadBlockSize = 256;

    /// <param name="input">Any number of elements.</param>
    /// <param name="output">The same number of elements; may be the input.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="slopeBits">The bits of a leaky ReLU's slope, a float.</param>
    [KernelName("Activate"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int activation, int slopeBits)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i < output.Length)
            output[i] = ActivationFunction.Apply(input[i], activation, slopeBits);
    }
}
