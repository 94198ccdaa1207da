using System.Globalization;
using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary>A table row about one convolution of a model.</summary>
/// <param name="Network">The network that it belongs to.</param>
/// <param name="Layer">Its name.</param>
/// <param name="Shape">Its weights: out x in x height x width.</param>
/// <param name="Parameters">Weights and biases.</param>
internal sealed record LayerRow(string Network, string Layer, string Shape, string Parameters);

/// <summary>Describes a model for display.</summary>
internal static class ModelSummary
{
    /// <summary>Properties of the whole model.</summary>
    internal static (string Name, string Value)[] Facts(WctModel model) =>
    [
        ("origin", model.Origin ?? "not stated"),
        ("license", model.License ?? "not stated"),
        ("levels", string.Join(' ', model.Levels.Select(level => level.Level))),
        ("encoders", string.Join("; ", model.Encoders.Select(encoder => Encoder(model, encoder)))),
        ("parameters", Number(model.Parameters)),
    ];

    /// <summary>All convolutions. An encoder that several levels share is listed once.</summary>
    internal static IEnumerable<LayerRow> Layers(WctModel model)
    {
        foreach (EncoderWeights encoder in model.Encoders)
        {
            foreach (LayerRow row in Layers($"encoder {Levels(model, encoder)}", encoder.Convolutions))
                yield return row;
        }

        foreach (LevelModel level in model.Levels)
        {
            foreach (LayerRow row in Layers($"decoder {level.Level}", level.Decoder.Convolutions))
                yield return row;
        }
    }

    /// <summary>A number with thousands separators.</summary>
    internal static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Encoder(WctModel model, EncoderWeights encoder)
    {
        string levels = Levels(model, encoder);
        return levels.Length == 1 ? $"level {levels} its own" : $"levels {levels} share one";
    }

    private static string Levels(WctModel model, EncoderWeights encoder) =>
        string.Concat(model.Levels.Where(level => level.Encoder == encoder).Select(level => level.Level));

    private static IEnumerable<LayerRow> Layers(string network, IEnumerable<ConvolutionWeights> convolutions) =>
        convolutions.Select(layer =>
        new LayerRow(
            network, layer.Name, $"{layer.OutChannels} x {layer.InChannels} x {layer.KernelSize} x {layer.KernelSize}",
            Number(layer.Parameters)));
}
