using Wct.Kernels;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Noise, which has no gradient.</summary>
internal sealed class NoisePass(NoiseLayer layer, TrainingBackend backend) : TrainedLayer
{
    internal override bool KeepsScale => false;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) =>
        new(layer.Channels, inputs[0].Height / layer.Divisor, inputs[0].Width / layer.Divisor);

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        NoiseMap.Fill(backend, output, settings.Seed, layer.Name, settings.NoiseScale);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients) => [null];
}
