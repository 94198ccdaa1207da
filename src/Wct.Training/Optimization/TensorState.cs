using Wct.Kernels;
using Wct.Net.Weights;

namespace Wct.Training.Optimization;

/// <summary>Copies tensors to checkpoints and back.</summary>
internal static class TensorState
{
    internal static NamedTensor Save(Backend backend, Tensor tensor, string name)
    {
        float[] values = new float[tensor.Shape.Length];
        backend.Read(tensor, values);
        return new NamedTensor(name, [tensor.Shape.Channels, tensor.Shape.Height, tensor.Shape.Width], ElementType.F32, values);
    }

    /// <summary>Reads numbers of a checkpoint.</summary>
    /// <exception cref="WeightsFormatException">They are missing, or their number is wrong.</exception>
    internal static float[] Load(TensorArchive archive, string name, long length)
    {
        float[] values = archive.Find(name)?.Read() ?? throw archive.Fail($"missing {name}");
        return values.Length == length ? values : throw archive.Fail($"'{name}' has {values.Length} elements, the picture needs {length}");
    }

    internal static void Load(Backend backend, TensorArchive archive, string name, Tensor tensor) =>
        backend.Write(Load(archive, name, tensor.Shape.Length), tensor);
}
