using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>Builds networks and parameter sets for the tasks.</summary>
internal static class NetworkParts
{
    /// <summary>Creates an encoder that isn't trained. Its conv0 is folded into conv1_1.</summary>
    /// <param name="backend">The backend that runs it.</param>
    /// <param name="encoder">The weights.</param>
    /// <param name="inputGradient">Whether the backward pass computes the gradient of the picture.</param>
    internal static TrainedNetwork Frozen(TrainingBackend backend, EncoderWeights encoder, bool inputGradient)
    {
        Dictionary<string, ConvolutionWeights> weights = encoder.Convolutions.ToDictionary(convolution => convolution.Name);
        string first = Vgg19.Tap(1);
        weights[first] = FoldedInput.Fold(weights[Vgg19.InputConvolution], weights[first]);
        return new TrainedNetwork(
            backend, Vgg19.Encoder(encoder.Deepest).After(Vgg19.InputConvolution), weights, null, inputGradient);
    }

    /// <summary>Creates a parameter set from the starting values of some convolutions.</summary>
    internal static ParameterSet Parameters(IEnumerable<ConvolutionWeights> convolutions)
    {
        ConvolutionWeights[] all = [.. convolutions];
        return new ParameterSet(
            [.. all.SelectMany(convolution => (string[])[$"{convolution.Name}.weight", $"{convolution.Name}.bias"])],
            [.. all.SelectMany(convolution => (float[][])[convolution.Weights.ToArray(), convolution.Bias.ToArray()])]);
    }
}
