namespace Wct.Kernels;

/// <summary>One block of memory for the intermediate tensors of a chain of layers. Allocating fresh pages for each tensor would take longer
/// than computing it.</summary>
/// <remarks>
/// <see cref="Backend.CreateWorkspace"/> creates it. Dispose its tensors first. It serves one chain of layers, in which each input is
/// disposed before the next output is allocated. So its size only has to be that of the largest two consecutive tensors. Tensors that don't
/// fit are allocated in the backend's memory. It is not thread-safe.
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
