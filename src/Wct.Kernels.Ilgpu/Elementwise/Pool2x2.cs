using ILGPU;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>What a 2x2 pooling computes of its window.</summary>
internal interface IPooling
{
    /// <summary>Pools a window. On a side of one pixel, both pixels of the window are the same one.</summary>
    static abstract float Of(float upperLeft, float upperRight, float lowerLeft, float lowerRight);
}

/// <summary>2x2 pooling with stride 2. A thread computes one output.</summary>
internal static class Pool2x2
{
    internal const int ThreadBlockSize = 256;

    /// <param name="input">[H, W, C].</param>
    /// <param name="output">[max(1, H/2), max(1, W/2), C].</param>
    /// <param name="channels">Number of channels, C.</param>
    /// <param name="height">Rows of the input, H.</param>
    /// <param name="width">Pixels per row of the input, W.</param>
    internal static void Run<TPooling>(ArrayView<float> input, ArrayView<float> output, int channels, int height, int width)
        where TPooling : struct, IPooling
    {
        int pooledHeight = Math.Max(1, height / 2), pooledWidth = Math.Max(1, width / 2);
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)pooledHeight * pooledWidth * channels)
            return;
        int pixel = (int)(i / channels);
        // If a side has one pixel, the pixel is its own neighbor.
        long right = width > 1 ? channels : 0, below = height > 1 ? (long)width * channels : 0;
        long at = ((long)(pixel / pooledWidth * 2) * width + pixel % pooledWidth * 2) * channels + i % channels;
        output[i] = TPooling.Of(input[at], input[at + right], input[at + below], input[at + below + right]);
    }
}
