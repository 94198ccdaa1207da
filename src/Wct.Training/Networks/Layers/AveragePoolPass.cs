using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Average pooling.</summary>
internal sealed class AveragePoolPass(TrainingBackend backend) : TrainedLayer
{
    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0].Pooled;

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.AveragePool(inputs[0], output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        if (!pass.Needed[0])
            return [null];
        Tensor gradient = backend.Allocate(pass.Inputs[0].Shape);
        backend.AveragePoolGradient(pass.Gradient, gradient);
        return [gradient];
    }
}
