using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Sum of two maps.</summary>
internal sealed class AddPass(TrainingBackend backend) : TrainedLayer
{
    // The inputs may have different scales.
    internal override bool KeepsScale => false;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.Add(inputs[0], inputs[1], output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients) =>
        [.. pass.Needed.Select(needed => needed ? Copy(pass.Gradient) : null)];

    private Tensor Copy(Tensor gradient)
    {
        Tensor copy = backend.Allocate(gradient.Shape);
        backend.Copy(gradient, Region.Of(gradient.Shape), copy, 0, 0);
        return copy;
    }
}
