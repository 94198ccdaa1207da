using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Instance normalization with its activation.</summary>
internal sealed class InstanceNormalizationPass(InstanceNormalizationLayer layer, TrainedLayerSetup setup) : TrainedLayer
{
    private readonly TrainingBackend _backend = setup.Backend;
    private readonly NormalizationParameters _parameters = new(layer, setup);

    internal override bool IsTrained => _parameters.IsTrained;

    internal override Activation Activation => layer.Activation;

    internal override bool KeepsScale => false;

    internal override NormalizationWeights Normalization => _parameters.Current;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings)
    {
        int channels = inputs[0].Shape.Channels;
        double[] mean = new double[channels], factor = new double[channels], offset = new double[channels];
        _backend.ChannelMoments(inputs[0], mean, factor);
        _parameters.Current.Mix(settings.Styles, factor, offset, layer.Epsilon);
        _backend.Normalize(inputs[0], mean, factor, offset, layer.Activation, output);
    }

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        Tensor input = pass.Inputs[0];
        int channels = input.Shape.Channels;
        double[] mean = new double[channels], variance = new double[channels];
        _backend.ChannelMoments(input, mean, variance);
        float[] scaleGradient = new float[channels], shiftGradient = new float[channels];
        Tensor inputGradient = _backend.Allocate(input.Shape);
        _backend.InstanceNormalizationGradient(
            input, mean, variance, layer.Epsilon, _parameters.Current.Mixed(pass.Settings.Styles).Scale.Span, pass.Gradient, inputGradient,
            scaleGradient, shiftGradient);
        _parameters.Add(pass.Settings.Styles, scaleGradient, shiftGradient, gradients);
        if (pass.Needed[0])
            return [inputGradient];
        inputGradient.Dispose();
        return [null];
    }
}
