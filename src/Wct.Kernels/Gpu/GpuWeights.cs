using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu;

/// <summary>Chooses the kernel for a convolution, and packs its weights.</summary>
/// <remarks>Packed weights are [block of outputs, chunk of inputs, input, tap, output of the block], with zeros up to whole blocks and
/// chunks. <see cref="TensorCoreWeights"/> has the layout for the tensor cores.</remarks>
internal readonly struct GpuWeights
{
    // With fewer channels, most of a block or chunk would be zeros.
    private const int FewChannels = 8;

    private const int Chunk = KernelConstants.WeightLayout.Chunk;

    /// <summary>Chooses the kernel.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="precision">If it isn't single, layers whose shape fits run on the tensor cores.</param>
    internal GpuWeights(ConvolutionShape shape, ConvolutionPrecision precision)
    {
        Shape = shape;
        Kernel = Choose(shape, precision);
        BlockChannels = UsesTensorCores ? KernelConstants.TensorCoreConvolution.Block
            : Kernel is GpuKernel.Last or GpuKernel.TiledLast ? KernelConstants.WeightLayout.NarrowBlock
            : KernelConstants.WeightLayout.Block;
        Blocks = (shape.OutChannels + BlockChannels - 1) / BlockChannels;
        Rows = checked(Blocks * ((shape.InChannels + Chunk - 1) / Chunk) * Chunk);
    }

    internal ConvolutionShape Shape { get; }

    internal GpuKernel Kernel { get; }

    /// <summary>Whether the kernel runs on the tensor cores. Such kernels also upsample and pool.</summary>
    internal bool UsesTensorCores => Kernel is GpuKernel.Half or GpuKernel.Tf32;

    /// <summary>Blocks of output channels.</summary>
    internal int Blocks { get; }

    /// <summary>Blocks times input channels, rounded up to whole chunks. A row has all taps of a block.</summary>
    internal int Rows { get; }

    /// <summary>Whether an upsampled input can be convolved without upsampling it first.</summary>
    internal bool Folds => Kernel is GpuKernel.Plain or GpuKernel.First;

    /// <summary>Whether the kernel can pool while it writes.</summary>
    internal bool Pools => UsesTensorCores || Folds;

    /// <summary>Elements of the packed weights, floats or halves.</summary>
    internal long Length => (long)Rows * Shape.Taps * BlockChannels;

    internal long Bytes => Length * (Kernel == GpuKernel.Half ? sizeof(ushort) : sizeof(float));

    internal long BiasLength => (long)Blocks * BlockChannels;

    /// <summary>Elements of the folded weights for upsampled inputs: 2x2 taps for each parity of row and column.</summary>
    internal long FoldedLength => (long)KernelConstants.FoldedTaps.Parities * Rows * KernelConstants.FoldedTaps.Taps * BlockChannels;

    private int BlockChannels { get; }

    /// <summary>Packs the weights for all kernels except <see cref="GpuKernel.Half"/>.</summary>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal float[] Pack(ReadOnlySpan<float> weights)
    {
        if (Kernel == GpuKernel.Tf32)
            return TensorCoreWeights.Tf32(Shape, weights);
        int taps = Shape.Taps, rowsOfBlock = Rows / Blocks;
        float[] packed = new float[Length];
        for (int o = 0; o < Shape.OutChannels; o++)
        {
            for (int i = 0; i < Shape.InChannels; i++)
            {
                long row = (long)(o / BlockChannels) * rowsOfBlock + i;
                for (int tap = 0; tap < taps; tap++)
                    packed[(row * taps + tap) * BlockChannels + o % BlockChannels] = weights[(o * Shape.InChannels + i) * taps + tap];
            }
        }

        return packed;
    }

    /// <summary>Packs the bias: adds zeros up to whole blocks.</summary>
    internal float[] PackBias(ReadOnlySpan<float> bias)
    {
        float[] packed = new float[BiasLength];
        bias.CopyTo(packed);
        return packed;
    }

    private static GpuKernel Choose(ConvolutionShape shape, ConvolutionPrecision precision)
    {
        bool isNarrow = shape.OutChannels < FewChannels;
        if (shape.Stride == 1 && shape.KernelSize == 1)
            return GpuKernel.Point;
        // The tiles of the kernel for few output channels are too wide for stride 2. Transposed convolutions read with stride 1.
        if (shape.Stride != 1 || shape.KernelSize != 3)
            return isNarrow && (shape.Stride == 1 || shape.IsTransposed) ? GpuKernel.TiledLast : GpuKernel.Tiled;
        return precision == ConvolutionPrecision.Half && TensorCoreWeights.Fit(shape, sizeof(ushort)) ? GpuKernel.Half
            : precision == ConvolutionPrecision.Tf32 && TensorCoreWeights.Fit(shape, sizeof(float)) ? GpuKernel.Tf32
            : isNarrow ? GpuKernel.Last : shape.InChannels < FewChannels ? GpuKernel.First : GpuKernel.Plain;
    }
}

/// <summary>The kinds of convolution kernels.</summary>
internal enum GpuKernel
{
    /// <summary>3x3 with stride 1, from few input channels, such as a picture's.</summary>
    First,

    /// <summary>3x3 with stride 1.</summary>
    Plain,

    /// <summary>3x3 with stride 1 on the tensor cores, in half precision.</summary>
    Half,

    /// <summary>3x3 with stride 1 on the tensor cores, in TF32.</summary>
    Tf32,

    /// <summary>3x3 with stride 1, to few output channels, such as a picture's.</summary>
    Last,

    /// <summary>1x1 with stride 1.</summary>
    Point,

    /// <summary>Any other.</summary>
    Tiled,

    /// <summary>Any other with stride 1 or transposed, to few output channels.</summary>
    TiledLast,
}
