namespace Wct.PtxInterpreter.Execution;

/// <summary>A state space: global memory, shared memory or parameters.</summary>
internal unsafe interface ISpace
{
    /// <summary>Returns the host address of the bytes, and throws if they aren't in the space.</summary>
    static abstract byte* At(ThreadBlock block, ulong address, int bytes, int thread);
}

internal readonly unsafe struct GlobalSpace : ISpace
{
    public static byte* At(ThreadBlock block, ulong address, int bytes, int thread) => block.Global(address, bytes, thread);
}

internal readonly unsafe struct SharedSpace : ISpace
{
    public static byte* At(ThreadBlock block, ulong address, int bytes, int thread) => block.Shared(address, bytes, thread);
}

internal readonly unsafe struct ParameterSpace : ISpace
{
    public static byte* At(ThreadBlock block, ulong address, int bytes, int thread) => block.Parameter(address, bytes, thread);
}
