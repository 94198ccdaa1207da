namespace Wct.Kernels;

/// <summary>Memory that is taken once, for tensors that come and go: fresh pages for each would cost more than the work on them.</summary>
/// <remarks>
/// Made with <see cref="Backend.CreateWorkspace"/>; dispose of its tensors first. It serves one chain of layers, where each tensor's input is
/// freed before the next output is taken: then it holds as much as the two largest neighbors need. What doesn't fit is taken from the
/// backend as any tensor is. Not for use by several threads at once.
/// </remarks>
public abstract class Workspace : IDisposable
{
    private protected Workspace()
    {
    }

    /// <summary>A tensor with undefined contents.</summary>
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
    public abstract Tensor Allocate(TensorShape shape);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
