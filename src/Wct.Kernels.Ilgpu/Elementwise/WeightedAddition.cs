using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Multiplies each pixel by a weight, and adds the result to the output if wanted.</summary>
internal static class WeightedAddition
{
    private const int ThreadBlockSize = 256;

    /// <param name="features">[pixels, channels].</param>
    /// <param name="weights">[pixels].</param>
    /// <param name="output">[pixels, channels].</param>
    /// <param name="channels">Channels of features and output.</param>
    /// <param name="pixels">Pixels of each map.</param>
    /// <param name="accumulate">1 to add to the output's values, 0 to overwrite them.</param>
    [KernelName("AddWeighted"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> features, ArrayView<float> weights, ArrayView<float> output, int channels, int pixels, int accumulate)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)pixels * channels)
            return;
        float product = weights[i / channels] * features[i];
        output[i] = accumulate != 0 ? output[i] + product : product;
    }
}
