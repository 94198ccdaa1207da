using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>Copies whole tensors.</summary>
internal static class TensorCopies
{
    /// <summary>Copies a tensor to a new one, which the caller disposes of.</summary>
    internal static Tensor CopyOf(this Backend backend, Tensor source)
    {
        Tensor copy = backend.Allocate(source.Shape);
        backend.Copy(source, copy);
        return copy;
    }

    /// <summary>Copies a tensor to another one of the same shape.</summary>
    internal static void Copy(this Backend backend, Tensor source, Tensor destination) =>
        backend.Copy(source, Region.Of(source.Shape), destination, 0, 0);
}
