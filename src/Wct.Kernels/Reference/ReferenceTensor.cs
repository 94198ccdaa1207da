namespace Wct.Kernels.Reference;

/// <summary>A planar tensor on the managed heap.</summary>
internal sealed class ReferenceTensor(TensorShape shape) : Tensor(shape)
{
    internal float[] Data { get; } = new float[shape.Length];

    public override void Dispose()
    {
    }
}
