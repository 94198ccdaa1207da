using Wct.Kernels;

namespace Wct.Net.Tests;

/// <summary>Tensors from planar numbers and back.</summary>
internal static class BackendExtensions
{
    internal static Tensor Tensor(this Backend backend, float[] values, int[] shape)
    {
        Tensor tensor = backend.Allocate(new TensorShape(shape[0], shape[1], shape[2]));
        backend.Write(values, tensor);
        return tensor;
    }

    internal static float[] Numbers(this Backend backend, Tensor tensor)
    {
        float[] values = new float[tensor.Shape.Length];
        backend.Read(tensor, values);
        return values;
    }
}
