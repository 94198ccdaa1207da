using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>2x2 average pooling with stride 2.</summary>
internal static class AveragePool2x2
{
    private const int ThreadBlockSize = 256;

    /// <param name="input">[H, W, C].</param>
    /// <param name="output">[max(1, H/2), max(1, W/2), C].</param>
    /// <param name="channels">Number of channels, C.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    [KernelName("AveragePool2x2"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int channels, int height, int width)
    {
        int pooledHeight = Math.Max(1, height / 2), pooledWidth = Math.Max(1, width / 2);
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)pooledHeight * pooledWidth * channels)
            return;
        int pixel = (int)(i / channels);
        // If a side has one pixel, the pixel is its own neighbor, so that the mean is over the pixels that exist.
        long right = width > 1 ? channels : 0, below = height > 1 ? (long)width * channels : 0;
        long at = ((long)(pixel / pooledWidth * 2) * width + pixel % pooledWidth * 2) * channels + i % channels;
        output[i] = 0.25f * ((input[at] + input[at + right]) + (input[at + below] + input[at + below + right]));
    }
}
