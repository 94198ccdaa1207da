using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>A convolution with its activation.</summary>
internal sealed class ConvolutionPass : TrainedLayer
{
    private readonly TrainingBackend _backend;
    private readonly ConvolutionLayer _layer;
    private readonly TrainedConvolution _convolution;

    internal ConvolutionPass(ConvolutionLayer layer, TrainedLayerSetup setup)
    {
        (_backend, _layer) = (setup.Backend, layer);
        ConvolutionWeights weights = setup.Weights.Convolution(layer.Name);
        _convolution = new TrainedConvolution(
            setup.Backend, weights, setup.Prefix + layer.Name, setup.ParametersOf(layer), setup.InputGradient, layer.Shape(weights));
    }

    internal override bool IsTrained => _convolution.IsTrained;

    internal override Activation Activation => _layer.Activation;

    internal override bool KeepsScale => ActivationPass.KeepsScaleOf(_layer.Activation);

    internal override TrainedConvolution Convolution => _convolution;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => _convolution.Shape.OutputOf(inputs[0]);

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        _backend.Convolve(inputs[0], _convolution.Forward, _layer.Activation, output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients) =>
        [_convolution.Backward(pass.Inputs[0], pass.Gradient, gradients)];

    internal override void Refresh() => _convolution.Refresh();

    public override void Dispose()
    {
        _convolution.Dispose();
        base.Dispose();
    }
}
