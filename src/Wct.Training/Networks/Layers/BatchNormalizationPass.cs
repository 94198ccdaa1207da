using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Batch normalization with constant statistics and weights, and its activation.</summary>
internal sealed class BatchNormalizationPass : TrainedLayer
{
    private readonly TrainingBackend _backend;
    private readonly BatchNormalizationLayer _layer;
    private readonly NormalizationWeights _weights;

    internal BatchNormalizationPass(BatchNormalizationLayer layer, TrainedLayerSetup setup)
    {
        (_backend, _layer, _weights) = (setup.Backend, layer, setup.Weights.Normalization(layer.Name));
        if (setup.ParametersOf(layer) is not null)
            throw new NotSupportedException($"Layer '{layer.Name}' ({layer.Operation}) has constants, which can't be trained.");
    }

    internal override Activation Activation => _layer.Activation;

    internal override bool KeepsScale => false;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings)
    {
        (double[] mean, double[] factor, double[] offset) = Constants(settings);
        _backend.Normalize(inputs[0], mean, factor, offset, _layer.Activation, output);
    }

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        if (!pass.Needed[0])
            return [null];
        (_, double[] factor, _) = Constants(pass.Settings);
        double[] zero = new double[factor.Length];
        Tensor gradient = _backend.Allocate(pass.Gradient.Shape);
        _backend.Normalize(pass.Gradient, zero, factor, zero, Activation.None, gradient);
        return [gradient];
    }

    private (double[] Mean, double[] Factor, double[] Offset) Constants(NetworkSettings settings)
    {
        ChannelConstants constants = _weights.Constants(_layer.Name);
        double[] mean = Array.ConvertAll(constants.Mean.ToArray(), value => (double)value),
            factor = Array.ConvertAll(constants.Variance.ToArray(), value => (double)value), offset = new double[mean.Length];
        _weights.Mix(settings.Styles, factor, offset, _layer.Epsilon);
        return (mean, factor, offset);
    }
}
