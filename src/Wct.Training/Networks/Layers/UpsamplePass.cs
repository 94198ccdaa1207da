using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Nearest-neighbor upsampling.</summary>
internal sealed class UpsamplePass(TrainingBackend backend) : TrainedLayer
{
    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0].Upsampled;

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.Upsample(inputs[0], output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        if (!pass.Needed[0])
            return [null];
        Tensor gradient = backend.Allocate(pass.Inputs[0].Shape);
        backend.UpsampleGradient(pass.Gradient, gradient);
        return [gradient];
    }
}
