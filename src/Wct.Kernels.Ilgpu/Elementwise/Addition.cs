using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Adds two maps.</summary>
internal static class Addition
{
    private const int ThreadBlockSize = 256;

    /// <param name="first">Any number of elements.</param>
    /// <param name="second">The same number of elements.</param>
    /// <param name="output">The same number of elements.</param>
    [KernelName("Add"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> first, ArrayView<float> second, ArrayView<float> output)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i < output.Length)
            output[i] = first[i] + second[i];
    }
}
