using Wct.Net.Models;

namespace Wct.Net.Onnx;

/// <summary>Builds ONNX graphs of networks: their layers one by one, without folding or fusion.</summary>
internal static class OnnxNetwork
{
    private const string Height = "H", Width = "W", Picture = "picture";

    /// <summary>A graph from image [1, 3, H, W] to relu{L}_1 [1, C, H / 2^(L-1), W / 2^(L-1)] for each level.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="weights">An encoder that reaches the last level.</param>
    /// <param name="levels">Ascending; layers after the last level's tap are left out.</param>
    internal static OnnxGraph Encoder(string name, EncoderWeights weights, IReadOnlyList<int> levels)
    {
        OnnxGraph graph = new(name);
        graph.Input(Vgg19.Image, 3, Height, Width);
        Dictionary<string, string> made = Layers(graph, Vgg19.Encoder(levels[^1]), new NetworkWeights(weights.Convolutions), last: null);
        foreach (int level in levels)
            graph.Output(made[Vgg19.Tap(level)], weights.TapChannels(level), $"h{level}", $"w{level}");
        return graph;
    }

    /// <summary>A graph from features [1, C, h, w] to image [1, 3, h·2^(level-1), w·2^(level-1)], not clamped.</summary>
    internal static OnnxGraph Decoder(string name, DecoderWeights weights)
    {
        OnnxGraph graph = new(name);
        graph.Input(Vgg19.Features, weights.InChannels, "h", "w");
        Layers(graph, Vgg19.Decoder(weights.Level, weights.LastRelu), new NetworkWeights(weights.Convolutions), last: Vgg19.Image);
        graph.Output(Vgg19.Image, 3, Height, Width);
        return graph;
    }

    /// <summary>A graph of a feed-forward network: from image [1, 3, H, W] to picture [1, 3, H·scale, W·scale], both RGB in 0..1. Noise
    /// layers are further inputs.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="model">The network.</param>
    /// <param name="styles">A weight per style, with the sum 1; scales and shifts are mixed here.</param>
    internal static OnnxGraph Style(string name, StyleNetworkModel model, IReadOnlyList<double> styles)
    {
        const string Scaled = "image.scaled", Raw = "picture.raw";
        string[] layers = [.. model.Table.Layers.Select(layer => layer.Name)];
        if (layers.FirstOrDefault(layer => layer is Vgg19.Image or Picture) is { } taken)
            throw new ArgumentException($"A layer is called '{taken}', which is the name of the graph's input or output.", nameof(model));
        OnnxGraph graph = new(name, layers);
        graph.Input(Vgg19.Image, 3, Height, Width);
        NetworkWeights weights = new(model.Weights.Convolutions, model.Weights.Normalizations.Select(own => own.Mixed(styles)));
        string input = graph.Scale(Vgg19.Image, model.Conventions.Input, graph.Free(Scaled));
        string output = Layers(graph, model.Table, weights, last: null, input)[model.Last];
        graph.Clamp(graph.Scale(output, model.Conventions.Output, graph.Free(Raw)), Picture);
        graph.Output(Picture, 3, $"{Height}.out", $"{Width}.out");
        return graph;
    }

    /// <summary>Adds a network's layers.</summary>
    /// <param name="graph">Receives the layers.</param>
    /// <param name="table">The layers, in order.</param>
    /// <param name="weights">The weights of all layers.</param>
    /// <param name="last">The name of the last layer's output; null for its default name.</param>
    /// <param name="input">The name of the network's input in the graph; null for that in the table.</param>
    /// <returns>For each layer, the name of its output in the graph.</returns>
    internal static Dictionary<string, string> Layers(
        OnnxGraph graph, NetworkTable table, NetworkWeights weights, string? last, string? input = null)
    {
        foreach (OnnxConstant constant in table.Layers.SelectMany(layer => layer.OnnxConstants(weights)).DistinctBy(own => own.Name))
            graph.Constant(graph.Free(constant.Name), constant.Shape, constant.Values);
        Dictionary<string, string> made = new() { [table.Input] = input ?? table.Input };
        foreach (Layer layer in table.Layers)
        {
            string[] read = [.. layer.Inputs.Select(own => made[own])];
            made[layer.Name] = layer.AddTo(graph, weights, read, layer == table.Layers[^1] ? last : null);
        }

        return made;
    }
}
