namespace Wct.Kernels.Cpu;

/// <summary>Packed weights in native memory, in the order in which the kernels read them.</summary>
internal sealed unsafe class CpuConvolution : Convolution
{
    private readonly NativeBuffer _buffer;
    private readonly nuint _weights;
    private int _disposed;

    /// <summary>Allocates zeroed weights and biases.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">Number of packed weights.</param>
    /// <param name="bias">Number of packed biases.</param>
    /// <param name="source">Allocator.</param>
    internal CpuConvolution(ConvolutionShape shape, nuint weights, nuint bias, NativeBufferSource source)
        : base(shape)
    {
        nuint bytes = checked((weights + bias) * sizeof(float));
        _weights = weights;
        _buffer = source.Allocate(bytes);
        new Span<byte>(_buffer.Pointer, checked((int)bytes)).Clear();
        GC.AddMemoryPressure((long)bytes);
    }

    ~CpuConvolution() => Free();

    /// <summary>The algorithm that the weights are packed for.</summary>
    internal ConvolutionAlgorithm Algorithm { get; init; }

    internal float* Weights => (float*)(_disposed == 0 ? _buffer : throw new ObjectDisposedException(nameof(Convolution))).Pointer;

    internal float* Bias => Weights + _weights;

    /// <summary>Chooses the algorithm for a convolution.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    internal static ConvolutionAlgorithm AlgorithmFor(ConvolutionShape shape)
    {
        bool fromBlocks = BlockedLayout.LanesFor(shape.InChannels) > 1, toBlocks = BlockedLayout.LanesFor(shape.OutChannels) > 1;
        if (shape.IsTransposed)
            return ConvolutionAlgorithm.Transposed;
        if (shape is { KernelSize: 3, Stride: 1 } && fromBlocks && toBlocks)
            return ConvolutionAlgorithm.Winograd;
        return !shape.FitsReflectedBorder ? ConvolutionAlgorithm.Banded
            : toBlocks ? ConvolutionAlgorithm.Direct : ConvolutionAlgorithm.Narrow;
    }

    /// <summary>Copies the weights and biases of a convolution that was packed in the same way.</summary>
    internal void CopyFrom(CpuConvolution other)
    {
        int bytes = checked((int)_buffer.Bytes);
        new ReadOnlySpan<byte>(other.Weights, bytes).CopyTo(new Span<byte>(Weights, bytes));
    }

    public override void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_buffer is null || Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _buffer.Free();
        GC.RemoveMemoryPressure((long)_buffer.Bytes);
    }
}

/// <summary>Convolution algorithms.</summary>
internal enum ConvolutionAlgorithm
{
    /// <summary>Direct convolution in register tiles: <see cref="Convolutions.Conv.Direct"/>.</summary>
    Direct,

    /// <summary>Dot products, for outputs with fewer than 8 channels: <see cref="Convolutions.Conv.Narrow"/>.</summary>
    Narrow,

    /// <summary>Winograd's F(4x4, 3x3): <see cref="Convolutions.Conv.Winograd"/>.</summary>
    Winograd,

    /// <summary>Direct convolution or dot products, with a copy of the input that has the padding:
    /// <see cref="Convolutions.Conv.Banded"/>.</summary>
    Banded,

    /// <summary>Transposed convolution: <see cref="Convolutions.Conv.Transposed"/>.</summary>
    Transposed,
}
