namespace Wct.Kernels.Gpu;

/// <summary>How a convolution's weights lie on the device, and which kernel reads them.</summary>
/// <remarks>[block of outputs, chunk of inputs, input, tap, output of the block], with zeros for channels that there are not.</remarks>
internal readonly struct GpuWeights
{
    // Input channels of a chunk, output channels of a block and of a narrow block: the kernels' numbers.
    private const int Chunk = 8, Block = 16, NarrowBlock = 4;

    // Below it, most of a block would be zeros.
    private const int Few = 8;

    private const int FoldedTaps = 4, Parities = 4;

    /// <param name="precision">In another one than single, what fits the tensor cores goes there.</param>
    internal GpuWeights(ConvolutionShape shape, ConvolutionPrecision precision)
    {
        Shape = shape;
        Kernel = shape.KernelSize == 1 ? GpuKernel.Point
            : precision == ConvolutionPrecision.Half && TensorCoreWeights.Fit(shape, sizeof(ushort)) ? GpuKernel.Half
            : precision == ConvolutionPrecision.Tf32 && TensorCoreWeights.Fit(shape, sizeof(float)) ? GpuKernel.Tf32
            : shape.OutChannels < Few ? GpuKernel.Last
            : shape.InChannels < Few ? GpuKernel.First : GpuKernel.Plain;
        BlockChannels = UsesTensorCores ? TensorCoreWeights.Block : Kernel == GpuKernel.Last ? NarrowBlock : Block;
        Blocks = (shape.OutChannels + BlockChannels - 1) / BlockChannels;
        Rows = checked(Blocks * ((shape.InChannels + Chunk - 1) / Chunk) * Chunk);
    }

    internal ConvolutionShape Shape { get; }

    internal GpuKernel Kernel { get; }

    /// <summary>Whether the kernel is one for the tensor cores, which enlarges and pools by itself.</summary>
    internal bool UsesTensorCores => Kernel is GpuKernel.Half or GpuKernel.Tf32;

    /// <summary>Blocks of outputs.</summary>
    internal int Blocks { get; }

    /// <summary>Blocks times inputs in whole chunks: each has all taps of a block.</summary>
    internal int Rows { get; }

    /// <summary>Whether an enlarged input can be read without enlarging it.</summary>
    internal bool Folds => Kernel is GpuKernel.Plain or GpuKernel.First;

    /// <summary>Elements, floats or halves.</summary>
    internal long Length => (long)Rows * Shape.Taps * BlockChannels;

    internal long Bytes => Length * (Kernel == GpuKernel.Half ? sizeof(ushort) : sizeof(float));

    internal long BiasLength => (long)Blocks * BlockChannels;

    /// <summary>Elements of the weights for enlarged inputs: four taps for each parity of row and column.</summary>
    internal long FoldedLength => (long)Parities * Rows * FoldedTaps * BlockChannels;

    private int BlockChannels { get; }

    /// <summary>Packs weights of all kernels but <see cref="GpuKernel.Half"/>.</summary>
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

    /// <summary>The bias, with zeros up to whole blocks.</summary>
    internal float[] PackBias(ReadOnlySpan<float> bias)
    {
        float[] packed = new float[BiasLength];
        bias.CopyTo(packed);
        return packed;
    }
}

/// <summary>Kernels for convolutions.</summary>
internal enum GpuKernel
{
    /// <summary>3x3, from a picture.</summary>
    First,

    /// <summary>3x3.</summary>
    Plain,

    /// <summary>3x3 on the tensor cores, in half precision.</summary>
    Half,

    /// <summary>3x3 on the tensor cores, in TF32.</summary>
    Tf32,

    /// <summary>3x3, to a picture.</summary>
    Last,

    /// <summary>1x1.</summary>
    Point,
}
