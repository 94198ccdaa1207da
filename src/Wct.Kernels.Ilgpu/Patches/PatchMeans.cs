using ILGPU;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Patches;

namespace Wct.Kernels.Ilgpu.Patches;

/// <summary>Builds a map from patches of 3x3 pixels: the mean of all patches that cover a pixel.</summary>
internal static class PatchMeans
{
    private const int ThreadBlockSize = 256;

    /// <param name="values">[valuesHeight, valuesWidth, channels].</param>
    /// <param name="best">[height, width, 2]; the second value is the number of the patch that is centered there.</param>
    /// <param name="output">[height, width, channels].</param>
    /// <param name="channels">Channels of values and output.</param>
    /// <param name="valuesHeight">Rows of the values, at least 3.</param>
    /// <param name="valuesWidth">Pixels per row of the values, at least 3.</param>
    /// <param name="height">Rows of the output, at least 3.</param>
    /// <param name="width">Pixels per row of the output, at least 3.</param>
    [KernelName("GatherPatches"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> values, ArrayView<float> best, ArrayView<float> output, int channels, int valuesHeight, int valuesWidth,
        int height, int width)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)height * width * channels)
            return;
        int pixel = (int)(i / channels), channel = (int)(i % channels), y = pixel / width, x = pixel % width;
        int across = valuesWidth - 2, patches = (valuesHeight - 2) * across;
        int top = Math.Max(y - 1, 1), bottom = Math.Min(y + 1, height - 2), left = Math.Max(x - 1, 1), right = Math.Min(x + 1, width - 2);
        float sum = 0f;
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                int patch = PatchNumber.Clamp(best[((long)row * width + column) * 2 + 1], patches);
                long valueY = patch / across + 1 + y - row;
                int valueX = patch % across + 1 + x - column;
                sum += values[(valueY * valuesWidth + valueX) * channels + channel];
            }
        }

        output[i] = sum / ((bottom - top + 1) * (right - left + 1));
    }
}
