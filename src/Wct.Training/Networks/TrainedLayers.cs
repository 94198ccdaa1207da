using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Training.Networks.Layers;

namespace Wct.Training.Networks;

/// <summary>The operations that have a backward pass, found by the layer's type.</summary>
internal static class TrainedLayers
{
    private static readonly Dictionary<Type, Func<Layer, TrainedLayerSetup, TrainedLayer>> Makers = new()
    {
        [typeof(ConvolutionLayer)] = (layer, setup) => new ConvolutionPass((ConvolutionLayer)layer, setup),
        [typeof(InstanceNormalizationLayer)] = (layer, setup) => new InstanceNormalizationPass((InstanceNormalizationLayer)layer, setup),
        [typeof(BatchNormalizationLayer)] = (layer, setup) => new BatchNormalizationPass((BatchNormalizationLayer)layer, setup),
        [typeof(ActivationLayer)] = (layer, setup) => new ActivationPass((ActivationLayer)layer, setup.Backend),
        [typeof(AveragePoolLayer)] = (_, setup) => new AveragePoolPass(setup.Backend),
        [typeof(ConcatenateLayer)] = (_, setup) => new ConcatenatePass(setup.Backend),
        [typeof(NoiseLayer)] = (layer, setup) => new NoisePass((NoiseLayer)layer, setup.Backend),
        [typeof(MaxPoolLayer)] = (_, setup) => new MaxPoolPass(setup.Backend),
        [typeof(UpsampleLayer)] = (_, setup) => new UpsamplePass(setup.Backend),
        [typeof(AddLayer)] = (_, setup) => new AddPass(setup.Backend),
    };

    /// <summary>Prepares a layer.</summary>
    /// <exception cref="NotSupportedException">The operation has no backward pass.</exception>
    internal static TrainedLayer Of(Layer layer, TrainedLayerSetup setup) =>
        Makers.TryGetValue(layer.GetType(), out Func<Layer, TrainedLayerSetup, TrainedLayer>? make)
            ? make(layer, setup)
            : throw new NotSupportedException($"Layer '{layer.Name}' ({layer.Operation}) can't be trained.");
}
