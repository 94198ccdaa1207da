namespace Wct.Kernels.Cpu;

/// <summary>Weights in the order in which the kernels read them, in native memory.</summary>
internal sealed unsafe class CpuConvolution : Convolution
{
    private readonly NativeBuffer _buffer;
    private readonly nuint _weights;
    private int _disposed;

    /// <param name="shape">Channel counts and kernel size.</param>
    /// <param name="weights">Elements of the packed weights; they start as zeros.</param>
    /// <param name="bias">Elements of the packed bias; they start as zeros.</param>
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

    /// <summary>The way it was packed for.</summary>
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

/// <summary>Ways to compute a convolution.</summary>
internal enum ConvolutionAlgorithm
{
    /// <summary>Register tiles straight from the definition.</summary>
    Direct,

    /// <summary>To a few planes.</summary>
    Narrow,

    /// <summary>F(4x4, 3x3).</summary>
    Winograd,
}
