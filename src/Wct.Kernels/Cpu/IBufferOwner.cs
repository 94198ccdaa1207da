namespace Wct.Kernels.Cpu;

/// <summary>Where a tensor's memory comes from and goes back to.</summary>
internal interface IBufferOwner
{
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
    NativeBuffer Rent(nuint bytes, TensorShape shape);

    void Return(NativeBuffer buffer);
}
