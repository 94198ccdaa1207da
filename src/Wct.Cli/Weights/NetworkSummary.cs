using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Cli.Weights;

/// <summary>Describes a feed-forward network for display.</summary>
internal static class NetworkSummary
{
    /// <summary>Properties of the whole network.</summary>
    internal static (string Name, string Value)[] Facts(StyleNetworkModel network) =>
    [
        ("origin", network.Origin ?? "not stated"),
        ("license", network.License ?? "not stated"),
        ("kind", Kind(network)),
        ("styles", network.Styles.Count > 0 ? string.Join(", ", network.Styles) : $"{network.StyleCount}"),
        ("parameters", ModelSummary.Number(network.Parameters)),
    ];

    /// <summary>All layers: name, operation and inputs, shape of the weights, parameters.</summary>
    internal static IEnumerable<string[]> Layers(StyleNetworkModel network) => network.Table.Layers.Select(layer =>
    {
        (string shape, long parameters) = Weights(network.Weights, layer);
        return (string[])[layer.Name, $"{layer.Operation} of {string.Join(", ", layer.Inputs)}", shape, ModelSummary.Number(parameters)];
    });

    private static string Kind(StyleNetworkModel network) => network.Kind switch
    {
        StyleNetworkKind.Upscale => $"upscale, {network.Scale} times as large",
        StyleNetworkKind.Texture => "texture",
        _ => "style",
    };

    private static (string Shape, long Parameters) Weights(NetworkWeights weights, Layer layer)
    {
        switch (layer)
        {
            case ConvolutionLayer:
                ConvolutionWeights convolution = weights.Convolution(layer.Name);
                return (
                    $"{convolution.OutChannels} x {convolution.InChannels} x {convolution.KernelSize} x {convolution.KernelSize}",
                    convolution.Parameters);
            case NormalizationLayer:
                NormalizationWeights normalization = weights.Normalization(layer.Name);
                return ($"{normalization.Styles} x {normalization.Channels}", normalization.Parameters);
            default:
                return ("", 0);
        }
    }
}
