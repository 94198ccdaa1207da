using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Max pooling.</summary>
internal sealed class MaxPoolPass(TrainingBackend backend) : TrainedLayer
{
    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0].Pooled;

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.MaxPool(inputs[0], output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        if (!pass.Needed[0])
            return [null];
        Tensor gradient = backend.Allocate(pass.Inputs[0].Shape);
        backend.MaxPoolGradient(pass.Inputs[0], pass.Gradient, gradient);
        return [gradient];
    }
}
