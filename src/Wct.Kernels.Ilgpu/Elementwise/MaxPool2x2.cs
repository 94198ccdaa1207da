using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>2x2 max pooling with stride 2.</summary>
internal static class MaxPool2x2
{
    /// <inheritdoc cref="Pool2x2.Run"/>
    [KernelName("MaxPool2x2"), ThreadBlock(Pool2x2.ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> input, ArrayView<float> output, int channels, int height, int width) =>
        Pool2x2.Run<Maximum>(input, output, channels, height, width);

    private readonly struct Maximum : IPooling
    {
        public static float Of(float upperLeft, float upperRight, float lowerLeft, float lowerRight) =>
            Math.Max(Math.Max(upperLeft, upperRight), Math.Max(lowerLeft, lowerRight));
    }
}
