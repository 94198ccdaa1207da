using Wct.Net.Models;

namespace Wct.Net.Onnx;

/// <summary>Builds ONNX graphs of encoders and decoders: the layers of <see cref="Vgg19"/> one by one, without folding or fusion.</summary>
internal static class OnnxNetwork
{
    private const string Height = "H", Width = "W", Border = "border", Twice = "twice";

    /// <summary>A graph from image [1, 3, H, W] to relu{L}_1 [1, C, H / 2^(L-1), W / 2^(L-1)] for each level.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="weights">An encoder that reaches the last level.</param>
    /// <param name="levels">Ascending; layers after the last level's tap are left out.</param>
    internal static OnnxGraph Encoder(string name, EncoderWeights weights, IReadOnlyList<int> levels)
    {
        OnnxGraph graph = new(name);
        graph.Input(Vgg19.Image, 3, Height, Width);
        Layers(graph, Vgg19.Encoder(levels[^1]), weights.Convolutions, last: null);
        foreach (int level in levels)
            graph.Output(Relu(Vgg19.Tap(level)), weights.TapChannels(level), $"h{level}", $"w{level}");
        return graph;
    }

    /// <summary>A graph from features [1, C, h, w] to image [1, 3, h·2^(level-1), w·2^(level-1)], not clamped.</summary>
    internal static OnnxGraph Decoder(string name, DecoderWeights weights)
    {
        OnnxGraph graph = new(name);
        graph.Input(Vgg19.Features, weights.InChannels, "h", "w");
        Layers(graph, Vgg19.Decoder(weights.Level, weights.LastRelu), weights.Convolutions, last: Vgg19.Image);
        graph.Output(Vgg19.Image, 3, Height, Width);
        return graph;
    }

    /// <param name="graph">Receives the layers.</param>
    /// <param name="table">The layers, in order.</param>
    /// <param name="convolutions">Every convolution of the table, in any order.</param>
    /// <param name="last">The name of the last layer's output; null for its default name.</param>
    private static void Layers(
        OnnxGraph graph, NetworkTable table, IReadOnlyList<ConvolutionWeights> convolutions, string? last)
    {
        graph.Constant(Border, [8], (long[])[0, 0, 1, 1, 0, 0, 1, 1]);
        if (table.Layers.Any(layer => layer.Kind == LayerKind.Upsample))
            graph.Constant(Twice, [4], (float[])[1, 1, 2, 2]);
        Dictionary<string, string> made = new() { [table.Input] = table.Input };
        foreach (Layer layer in table.Layers)
        {
            string? output = layer == table.Layers[^1] ? last : null;
            string input = made[layer.Input];
            made[layer.Name] = layer.Kind switch
            {
                LayerKind.MaxPool => graph.Node(
                    "MaxPool", [input], layer.Name, OnnxGraph.Attribute("kernel_shape", 2, 2), OnnxGraph.Attribute("strides", 2, 2)),
                LayerKind.Upsample => graph.Node(
                    "Resize", [input, "", Twice], layer.Name, OnnxGraph.Attribute("mode", "nearest"),
                    OnnxGraph.Attribute("coordinate_transformation_mode", "asymmetric"), OnnxGraph.Attribute("nearest_mode", "floor")),
                LayerKind.Add => graph.Node("Add", [input, made[layer.Other!]], layer.Name),
                _ => Convolution(graph, input, layer, convolutions.First(convolution => convolution.Name == layer.Name), output),
            };
        }
    }

    private static string Convolution(OnnxGraph graph, string input, Layer layer, ConvolutionWeights weights, string? output)
    {
        string weight = $"{layer.Name}.weight", bias = $"{layer.Name}.bias";
        int[] shape = [weights.OutChannels, weights.InChannels, weights.KernelSize, weights.KernelSize];
        graph.Constant(weight, shape, weights.Weights.ToArray());
        graph.Constant(bias, [weights.OutChannels], weights.Bias.ToArray());
        string padded = weights.KernelSize == 1
            ? input : graph.Node("Pad", [input, Border], $"{layer.Name}.padded", OnnxGraph.Attribute("mode", "reflect"));
        string convolved = graph.Node("Conv", [padded, weight, bias], layer.Relu ? layer.Name : output ?? layer.Name);
        return layer.Relu ? graph.Node("Relu", [convolved], output ?? Relu(layer.Name)) : convolved;
    }

    private static string Relu(string convolution) => convolution.Replace("conv", "relu", StringComparison.Ordinal);
}
