namespace Wct.Net.Models.Layers;

/// <summary>Reads and writes tables of layers as text, one line per layer: "conv2: convolution conv1 stride=2".</summary>
internal static class LayerText
{
    // More than any network has. Limits the work that a hostile file causes.
    private const int MostLines = 10_000;

    // The only list of the operations that files can name.
    private static readonly Dictionary<string, Func<LayerLine, Layer>> Parsers = new()
    {
        ["convolution"] = ConvolutionLayer.Parse,
        ["instance_normalization"] = InstanceNormalizationLayer.Parse,
        ["batch_normalization"] = BatchNormalizationLayer.Parse,
        ["activation"] = ActivationLayer.Parse,
        ["max_pool"] = MaxPoolLayer.Parse,
        ["average_pool"] = AveragePoolLayer.Parse,
        ["upsample"] = UpsampleLayer.Parse,
        ["add"] = AddLayer.Parse,
        ["concatenate"] = ConcatenateLayer.Parse,
        ["noise"] = NoiseLayer.Parse,
    };

    /// <summary>The lines of a table.</summary>
    /// <exception cref="ArgumentException">A name can't be written.</exception>
    internal static string Write(NetworkTable table)
    {
        foreach (string name in table.Layers.Select(layer => layer.Name).Prepend(table.Input))
        {
            if (name.Length == 0 || name.Any(letter => char.IsWhiteSpace(letter) || letter is ':' or '=' || char.IsControl(letter)))
                throw new ArgumentException($"A map is called '{name}'; names in files have no spaces, colons and equals signs.");
        }

        return string.Join('\n', table.Layers.Select(layer => layer.Text));
    }

    /// <summary>Reads the lines of a table.</summary>
    /// <param name="input">The name of the network's input.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="ArgumentException">A line can't be read, or the layers form no network.</exception>
    internal static NetworkTable Read(string input, string lines)
    {
        string[] all = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return all.Length <= MostLines ? new NetworkTable(input, all.Select(Parse))
            : throw new ArgumentException($"The table has {all.Length} layers; at most {MostLines} are possible.");
    }

    private static Layer Parse(string text)
    {
        LayerLine line = new(text);
        if (!Parsers.TryGetValue(line.Operation, out Func<LayerLine, Layer>? parse))
            throw line.Fail($"has the unknown operation '{line.Operation}'; there are {string.Join(", ", Parsers.Keys)}");
        Layer layer = parse(line);
        line.End();
        return layer;
    }
}
