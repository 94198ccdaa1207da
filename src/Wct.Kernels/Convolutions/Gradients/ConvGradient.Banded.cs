using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

// Input gradients of convolutions that work in bands.
internal static unsafe partial class ConvGradient
{
    /// <summary>Computes the input gradient of a convolution with stride 2, of a transposed one, or of one with a kernel above 3x3 and
    /// reflection padding.</summary>
    /// <remarks>Zeros outside of the input need no gradient. With other padding, the gradient of the input with its padding is computed
    /// first, and each pixel of the padding is then added to the pixel that it was read from.</remarks>
    /// <param name="outputGradient">[O, H', W'].</param>
    /// <param name="transposed">Weights with exchanged channels; flipped if the stride is 1.</param>
    /// <param name="forward">Shape of the forward convolution.</param>
    /// <param name="inputGradient">[I, H, W].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static void BandedInput<TVec>(
        CpuTensor outputGradient, CpuConvolution transposed, ConvolutionShape forward, CpuTensor inputGradient, BufferPool pool,
        Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape output = outputGradient.Shape, input = inputGradient.Shape;
        int size = forward.KernelSize, top = forward.Before(input.Height), left = forward.Before(input.Width);
        if (forward.IsTransposed)
        {
            TapGrid grid = new(
                2, size, size, PaddingMode.Zero, forward.Before(output.Height), forward.Before(output.Width));
            Conv.Banded<TVec>(outputGradient, transposed, grid, Activation.None, inputGradient, pool, workers);
            return;
        }

        if (forward.Padding == PaddingMode.Zero)
        {
            Conv.Transposed<TVec>(outputGradient, transposed, top, left, Activation.None, inputGradient, pool, workers);
            return;
        }

        TensorShape padded = new(
            input.Channels, (output.Height - 1) * forward.Stride + size, (output.Width - 1) * forward.Stride + size);
        using CpuTensor extended = new(padded, pool);
        if (forward.Stride == 1)
        {
            TapGrid grid = new(1, size, size, PaddingMode.Zero, size - 1, size - 1);
            Conv.Banded<TVec>(outputGradient, transposed, grid, Activation.None, extended, pool, workers);
        }
        else
        {
            Conv.Transposed<TVec>(outputGradient, transposed, 0, 0, Activation.None, extended, pool, workers);
        }

        workers.Run(inputGradient.Layout.Blocks, block => FoldPadding(extended, block, forward.Padding, top, left, inputGradient));
    }

    // Adds each pixel of the padded map to the pixel that it was read from.
    private static void FoldPadding(CpuTensor extended, int block, PaddingMode padding, int top, int left, CpuTensor gradient)
    {
        int height = gradient.Shape.Height, width = gradient.Shape.Width, lanes = gradient.Layout.Lanes;
        for (int y = 0; y < height; y++)
            new Span<float>(gradient.At(block, y, 0), width * lanes).Clear();
        // The columns that are within the input.
        int first = Math.Min(left, extended.Shape.Width), end = Math.Min(left + width, extended.Shape.Width);
        for (int y = 0; y < extended.Shape.Height; y++)
        {
            float* source = extended.At(block, y, 0), target = gradient.At(block, PaddingIndex.Of(padding, y - top, height), 0);
            AddTo(source + (long)first * lanes, target, (end - first) * lanes);
            for (int x = 0; x < first; x++)
                AddTo(source + (long)x * lanes, target + (long)PaddingIndex.Of(padding, x - left, width) * lanes, lanes);
            for (int x = end; x < extended.Shape.Width; x++)
                AddTo(source + (long)x * lanes, target + (long)PaddingIndex.Of(padding, x - left, width) * lanes, lanes);
        }

        Borders.Fill(gradient, block, 0, height);
    }
}
