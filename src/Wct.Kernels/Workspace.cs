namespace Wct.Kernels;

/// <summary>One block of memory for the intermediate tensors of a chain of layers: allocating fresh pages for each would cost more than
/// computing them.</summary>
/// <remarks>
/// <see cref="Backend.CreateWorkspace"/> creates it. Dispose its tensors first. It serves one chain of layers, in which each input is
/// disposed before the next output is allocated; then the largest two consecutive tensors need to fit. Tensors that don't fit come from the
/// backend's memory. Not thread-safe.
/// </remarks>
public abstract class Workspace : IDisposable
{
    private protected Workspace()
    {
    }

    /// <summary>Allocates a tensor with undefined contents.</summary>
    /// <param name="shape">[C, H, W].</param>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated.</exception>
    public abstract Tensor Allocate(TensorShape shape);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
