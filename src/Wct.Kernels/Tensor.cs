namespace Wct.Kernels;

/// <summary>A feature map or picture that lives on a backend. Its memory layout is the backend's own affair.</summary>
/// <remarks>Dispose returns the memory to the backend. A tensor may be used by one operation at a time as output, by many as input.</remarks>
public abstract class Tensor : IDisposable
{
    private protected Tensor(TensorShape shape) => Shape = shape;

    /// <summary>[channels, height, width].</summary>
    public TensorShape Shape { get; }

    /// <summary>Gives the memory back to the backend.</summary>
    public abstract void Dispose();
}
