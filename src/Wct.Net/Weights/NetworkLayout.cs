using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>The order of a network's layers as text, for example "conv conv relu pool". If a file stores it, it is checked against the
/// table.</summary>
internal static class NetworkLayout
{
    internal const string Key = "layout", Convolution = "conv", Relu = "relu", Pool = "pool", Upsample = "up";

    /// <summary>The layout of a chain of convolutions, poolings and upsamplings.</summary>
    internal static string Of(NetworkTable table) => string.Join(' ', table.Layers.Select(layer => layer.Layout));

    /// <summary>Accepts files that have the table's layout or don't store one.</summary>
    /// <exception cref="WeightsFormatException">The file has another layout.</exception>
    internal static void CheckEncoder(TensorArchive archive, int level)
    {
        string expected = Of(Vgg19.Encoder(level));
        if (archive.Metadata.TryGetValue(Key, out string? found) && found != expected)
            throw archive.Fail($"the layers are '{found}', an encoder of level {level} has '{expected}'");
    }

    /// <summary>Whether a ReLU follows a decoder's last convolution; false for files without a layout.</summary>
    /// <exception cref="WeightsFormatException">The layers are not those of a decoder.</exception>
    internal static bool LastRelu(TensorArchive archive, int level)
    {
        if (!archive.Metadata.TryGetValue(Key, out string? found))
            return false;
        string without = Of(Vgg19.Decoder(level, lastRelu: false));
        if (found != without && found != $"{without} {Relu}")
            throw archive.Fail($"the layers are '{found}', a decoder of level {level} has '{without}', with or without a last {Relu}");
        return found != without;
    }
}
