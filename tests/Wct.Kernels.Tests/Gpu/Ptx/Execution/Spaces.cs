namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>A space that addresses are of.</summary>
internal unsafe interface ISpace
{
    /// <summary>Where so many bytes lie, or the error that they lie nowhere.</summary>
    static abstract byte* At(ThreadGroup group, ulong address, int bytes, int thread);
}

internal readonly unsafe struct GlobalSpace : ISpace
{
    public static byte* At(ThreadGroup group, ulong address, int bytes, int thread) => group.Global(address, bytes, thread);
}

internal readonly unsafe struct SharedSpace : ISpace
{
    public static byte* At(ThreadGroup group, ulong address, int bytes, int thread) => group.Shared(address, bytes, thread);
}

internal readonly unsafe struct ParameterSpace : ISpace
{
    public static byte* At(ThreadGroup group, ulong address, int bytes, int thread) => group.Parameter(address, bytes, thread);
}
