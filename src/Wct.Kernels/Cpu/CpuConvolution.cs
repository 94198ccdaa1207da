using System.Runtime.InteropServices;

namespace Wct.Kernels.Cpu;

/// <summary>Weights in the order in which the kernels read them, in native memory.</summary>
internal sealed unsafe class CpuConvolution : Convolution
{
    private float* _data;

    /// <param name="shape">Channel counts and kernel size.</param>
    /// <param name="weights">Elements of the arranged weights.</param>
    /// <param name="bias">Elements of the arranged bias.</param>
    internal CpuConvolution(ConvolutionShape shape, nuint weights, nuint bias)
        : base(shape)
    {
        nuint bytes = (weights + bias) * sizeof(float);
        _data = (float*)NativeMemory.AlignedAlloc(bytes, NativeBufferSource.Alignment);
        NativeMemory.Clear(_data, bytes);
        GC.AddMemoryPressure((long)bytes);
        Bytes = (long)bytes;
        WeightsLength = weights;
    }

    ~CpuConvolution() => Free();

    internal float* Weights => _data;

    internal float* Bias => _data + WeightsLength;

    private nuint WeightsLength { get; }

    private long Bytes { get; }

    public override void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_data == null)
            return;
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}
