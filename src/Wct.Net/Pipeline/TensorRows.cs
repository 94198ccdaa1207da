using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>Copies rows of pictures into tensors of their own.</summary>
internal static class TensorRows
{
    /// <summary>Copies rows of a tensor.</summary>
    /// <param name="backend">The backend that holds the tensor.</param>
    /// <param name="image">[C, H, W].</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>[C, count, W]; the caller disposes of it.</returns>
    internal static Tensor Of(Backend backend, Tensor image, int first, int count) => Filled(
        backend, new TensorShape(image.Shape.Channels, count, image.Shape.Width),
        rows => backend.Copy(image, new Region(first, 0, count, image.Shape.Width), rows, 0, 0));

    /// <summary>Allocates a tensor and fills it.</summary>
    /// <param name="backend">Allocates it.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fill">Fills it. If this throws, the tensor is disposed of.</param>
    /// <returns>The tensor; the caller disposes of it.</returns>
    internal static Tensor Filled(Backend backend, TensorShape shape, Action<Tensor> fill)
    {
        Tensor tensor = backend.Allocate(shape);
        try
        {
            fill(tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }
}
