using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Nearest-neighbor upsampling by two.</summary>
internal static class Upsample2x
{
    private const int ThreadBlockSize = 256;

    /// <param name="input">[H, W, C].</param>
    /// <param name="output">[2H, 2W, C].</param>
    /// <param name="channels">Number of channels, C.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    [KernelName("Upsample2x"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int channels, int height, int width)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= 4L * height * width * channels)
            return;
        long pixel = i / channels, row = pixel / (2 * width), column = pixel % (2 * width);
        output[i] = input[(row / 2 * width + column / 2) * channels + i % channels];
    }
}
