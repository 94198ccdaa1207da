using Wct.Kernels;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>An activation function of its own.</summary>
internal sealed class ActivationPass(ActivationLayer layer, TrainingBackend backend) : TrainedLayer
{
    internal override Activation Activation => layer.Activation;

    internal override bool KeepsScale => KeepsScaleOf(layer.Activation);

    /// <summary>Whether a function maps k·x to k times its value for every k above 0.</summary>
    internal static bool KeepsScaleOf(Activation activation) =>
        activation.Kind is ActivationKind.None or ActivationKind.Relu or ActivationKind.LeakyRelu;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.Activate(inputs[0], layer.Activation, output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients) =>
        [pass.Needed[0] ? TensorRows.Of(backend, pass.Gradient, 0, pass.Gradient.Shape.Height) : null];
}
