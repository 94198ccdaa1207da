using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Training.Networks;

/// <summary>Builds networks and parameter sets for the tasks.</summary>
internal static class NetworkParts
{
    /// <summary>Creates an encoder that isn't trained. Its conv0 is folded into conv1_1.</summary>
    /// <param name="backend">The backend that runs it.</param>
    /// <param name="encoder">The weights.</param>
    /// <param name="inputGradient">Whether the backward pass computes the gradient of the picture.</param>
    /// <param name="pooling">What its pools compute.</param>
    internal static TrainedNetwork Frozen(
        TrainingBackend backend, EncoderWeights encoder, bool inputGradient, PoolingKind pooling = PoolingKind.Max)
    {
        return new TrainedNetwork(
            backend, Pooled(Vgg19.Encoder(encoder.Deepest).After(Vgg19.InputConvolution), pooling), FoldedInput.Of(encoder), null,
            inputGradient);
    }

    // The table with the given kind of pools instead of max pools.
    private static NetworkTable Pooled(NetworkTable table, PoolingKind pooling) => pooling == PoolingKind.Max ? table : new(
        table.Input, table.Layers.Select(layer => layer is MaxPoolLayer pool ? new AveragePoolLayer(pool.Name, pool.Input) : layer));

    /// <summary>Creates a parameter set from the starting values of a network's convolutions and normalizations.</summary>
    internal static ParameterSet Parameters(NetworkWeights weights) => new(
        [
            .. weights.Convolutions.SelectMany(own => (string[])[$"{own.Name}.weight", $"{own.Name}.bias"]),
            .. weights.Normalizations.SelectMany(own => (string[])[$"{own.Name}.scale", $"{own.Name}.shift"]),
        ],
        [
            .. weights.Convolutions.SelectMany(own => (float[][])[own.Weights.ToArray(), own.Bias.ToArray()]),
            .. weights.Normalizations.SelectMany(own => (float[][])[own.Scale.ToArray(), own.Shift.ToArray()]),
        ]);

    /// <summary>Creates a parameter set from the starting values of some convolutions.</summary>
    internal static ParameterSet Parameters(IEnumerable<ConvolutionWeights> convolutions)
    {
        ConvolutionWeights[] all = [.. convolutions];
        return new ParameterSet(
            [.. all.SelectMany(convolution => (string[])[$"{convolution.Name}.weight", $"{convolution.Name}.bias"])],
            [.. all.SelectMany(convolution => (float[][])[convolution.Weights.ToArray(), convolution.Bias.ToArray()])]);
    }
}
