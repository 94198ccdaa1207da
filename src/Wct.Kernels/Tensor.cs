namespace Wct.Kernels;

/// <summary>A feature map or picture in a backend's memory. The memory layout depends on the backend.</summary>
/// <remarks>Dispose returns the memory to the backend. Only one operation at a time may write a tensor; several may read it.</remarks>
public abstract class Tensor : IDisposable
{
    private protected Tensor(TensorShape shape) => Shape = shape;

    /// <summary>[channels, height, width].</summary>
    public TensorShape Shape { get; }

    /// <summary>Returns the memory to the backend.</summary>
    public abstract void Dispose();
}
