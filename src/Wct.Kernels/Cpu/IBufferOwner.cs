namespace Wct.Kernels.Cpu;

/// <summary>Lends memory to tensors.</summary>
internal interface IBufferOwner
{
    /// <summary>Lends a buffer with undefined contents.</summary>
    /// <param name="bytes">Bytes that are needed; the buffer may be larger.</param>
    /// <param name="shape">Shape of the tensor, for the message of an exception.</param>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated.</exception>
    NativeBuffer Rent(nuint bytes, TensorShape shape);

    /// <summary>Takes a buffer back.</summary>
    /// <param name="buffer">From <see cref="Rent"/>.</param>
    void Return(NativeBuffer buffer);
}
