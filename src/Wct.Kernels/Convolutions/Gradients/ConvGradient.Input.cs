using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

// The gradient with respect to the input is a convolution with zero padding. Its result is one pixel larger on each side. This extra border
// is then added to the pixels that the reflection padding had read.
internal static unsafe partial class ConvGradient
{
    /// <summary>Computes the input gradient with Winograd's algorithm, as in the forward pass. The extra border is written to the tensor's
    /// own border, and then added to the pixels inside.</summary>
    internal static void WinogradInput<TVec>(
        CpuTensor outputGradient, CpuConvolution transposed, CpuTensor inputGradient, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape shape = inputGradient.Shape, padded = new(shape.Channels, shape.Height + 2, shape.Width + 2);
        WinogradPlan plan = new(
            padded, outputGradient.Layout, inputGradient.Layout, Winograd.WinogradWeights.Positions, 2 * TVec.Count,
            Conv.TilesPerRegisterTile<TVec>(), workers.Count);
        workers.Run(plan.Blocks * plan.ChannelRanges, task =>
        {
            InputGradientBlock<TVec> block = new(outputGradient, transposed, inputGradient, plan);
            block.Run(task / plan.ChannelRanges, task % plan.ChannelRanges, pool);
        });
        workers.Run(inputGradient.Layout.Blocks, block => FoldBorder(inputGradient, block));
    }

    /// <summary>Computes the input gradient of convolutions from or to pictures: pads the output gradient with zeros and calls the forward
    /// kernels.</summary>
    /// <param name="outputGradient">[O, H, W].</param>
    /// <param name="inputGradient">[I, H, W].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="convolve">Convolves its first tensor into its second; both are larger than the gradients by two rows and
    /// columns.</param>
    internal static void PaddedInput(
        CpuTensor outputGradient, CpuTensor inputGradient, BufferPool pool, Workers workers, Action<CpuTensor, CpuTensor> convolve)
    {
        TensorShape shape = outputGradient.Shape, padded = new(shape.Channels, shape.Height + 2, shape.Width + 2);
        using CpuTensor source = new(padded, pool), result = new(padded.WithChannels(inputGradient.Shape.Channels), pool);
        workers.Run(source.Layout.Blocks, block => CopyIntoZeros(outputGradient, source, block));
        convolve(source, result);
        workers.Run(result.Layout.Blocks, block =>
        {
            // A padded row is as long as a row with its border.
            for (int y = -1; y <= shape.Height; y++)
                Copy(result.At(block, y + 1, 0), inputGradient.At(block, y, -1), inputGradient.Layout.RowStride);
            FoldBorder(inputGradient, block);
        });
    }

    private static void CopyIntoZeros(CpuTensor source, CpuTensor padded, int block)
    {
        int width = source.Shape.Width, height = source.Shape.Height, lanes = source.Layout.Lanes;
        for (int y = -1; y < height + 3; y++)
        {
            float* row = padded.At(block, y, -1);
            new Span<float>(row, checked((int)padded.Layout.RowStride)).Clear();
            if (y > 0 && y <= height)
                Copy(source.At(block, y - 1, 0), row + 2 * lanes, (long)width * lanes);
        }
    }

    // Adds each border pixel to the pixel that the reflection padding had read there, then fills the border with the reflection again.
    private static void FoldBorder(CpuTensor gradient, int block)
    {
        int width = gradient.Shape.Width, height = gradient.Shape.Height, lanes = gradient.Layout.Lanes;
        int left = Reflection.Index(-1, width), right = Reflection.Index(width, width);
        for (int y = -1; y <= height; y++)
        {
            AddTo(gradient.At(block, y, -1), gradient.At(block, y, left), lanes);
            AddTo(gradient.At(block, y, width), gradient.At(block, y, right), lanes);
        }

        AddTo(gradient.At(block, -1, 0), gradient.At(block, Reflection.Index(-1, height), 0), width * lanes);
        AddTo(gradient.At(block, height, 0), gradient.At(block, Reflection.Index(height, height), 0), width * lanes);
        Borders.Fill(gradient, block, 0, height);
    }

    private static void AddTo(float* source, float* destination, int count)
    {
        for (int i = 0; i < count; i++)
            destination[i] += source[i];
    }

    private static void Copy(float* source, float* destination, long count) =>
        new ReadOnlySpan<float>(source, checked((int)count)).CopyTo(new Span<float>(destination, checked((int)count)));
}
