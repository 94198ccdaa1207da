namespace Wct.Kernels.Cpu;

/// <summary>Packed weights in native memory, in the order in which the kernels read them.</summary>
internal sealed unsafe class CpuConvolution : Convolution
{
    private readonly NativeBuffer _buffer;
    private readonly nuint _weights;
    private int _disposed;

    /// <summary>Allocates zeroed weights and biases.</summary>
    /// <param name="shape">Channel counts and kernel size.</param>
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
}
