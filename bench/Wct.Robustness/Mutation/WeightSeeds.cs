using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Tests.Weights;
using Wct.Net.Weights;

namespace Wct.Robustness.Mutation;

/// <summary>Creates small good weights and styles in all formats.</summary>
internal static class WeightSeeds
{
    private const int Level = 2;

    /// <summary>The model whose networks are in all files.</summary>
    internal static WctModel Model { get; } = RandomModel.Create([2, 3], seed: 1);

    private static EncoderWeights Encoder => Model.Levels[0].Encoder;

    /// <summary>Creates model files in both precisions.</summary>
    internal static IReadOnlyList<byte[]> Models() =>
        [.. from type in new[] { ElementType.F32, ElementType.F16 } select Saved(path => Model.Save(path, type))];

    /// <summary>Creates files of a feed-forward network in both precisions.</summary>
    internal static IReadOnlyList<byte[]> Networks()
    {
        NetworkTable table = new("image",
        [
            new ConvolutionLayer("first", "image") { Stride = 2 },
            new InstanceNormalizationLayer("norm", "first", Activation.LeakyRelu(0.5f)),
            new NoiseLayer("noise", "norm", 1), new ConcatenateLayer("both", "norm", "noise"), new UpsampleLayer("up", "both"),
            new ConvolutionLayer("last", "up", Activation.Tanh),
        ]);
        NetworkWeights weights = new(
            [
                new ConvolutionWeights("first", 2, 3, 3, new float[54], new float[2]),
                new ConvolutionWeights("last", 3, 3, 1, new float[9], new float[3]),
            ],
            [new NormalizationWeights("norm", 2, 2, [1, 1, 1, 1], new float[4])]);
        StyleNetworkModel network = new(StyleNetworkKind.Style, table, weights, styles: ["night", "wave"]);
        return [.. from type in new[] { ElementType.F32, ElementType.F16 } select Saved(path => network.Save(path, type))];
    }

    internal static IReadOnlyList<byte[]> Encoders() => [Saved(path => EncoderFile.Save(Encoder, path))];

    internal static IReadOnlyList<byte[]> Styles()
    {
        PixelImage painting = new(24, 20, PixelLayout.Rgb24);
        new Random(1).NextBytes(painting.Bytes);
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        return [.. from levels in new int[][] { [2, 1], [1] } select Styled(
            transfer.PrepareStyle(painting, new StylizeOptions { Levels = LevelOptions.Of(levels) }))];
    }

    /// <summary>Creates PyTorch's files in both forms, with protocols 2 to 5, in both naming schemes, plain, with a prefix and in a
    /// checkpoint.</summary>
    internal static IReadOnlyList<byte[]> PyTorch() =>
    [
        .. from zip in new[] { false, true } from protocol in new byte[] { 2, 3, 4, 5 } from compact in new[] { false, true }
           from place in new[] { "", "module.", "state_dict" } select PyTorch(zip, protocol, compact, place),
    ];

    internal static IReadOnlyList<byte[]> Torch7() =>
    [
        Torch7Writer.File(Torch7Modules.Network(Vgg19.Encoder(Level).Layers, Encoder.Convolutions)),
        Torch7Writer.File(Torch7Modules.Network(Vgg19.Encoder(Level).Layers, Encoder.Convolutions), versioned: false),
    ];

    private static byte[] PyTorch(bool zip, byte protocol, bool compact, string place)
    {
        bool nested = place.Length > 0 && place[^1] != '.';
        string prefix = nested ? "" : place;
        TorchFile.Entry[] entries = TorchFile.Entries(Encoder.Convolutions, (i, name) =>
            prefix + (compact ? name.Replace("_", "", StringComparison.Ordinal) : $"{3 * i}"));
        PickleWriter pickle = new PickleWriter(protocol).Proto();
        if (nested)
            pickle.Op('}').Mark().Text("epoch").Int(3).Text(place);
        TorchFile.StateDictionary(pickle, entries);
        byte[] pickled = (nested ? pickle.Op('u') : pickle).Stop().ToArray();
        return zip
            ? TorchFile.Zip(pickled, entries.Select((entry, i) => ($"data/{i}", TorchFile.Bytes(entry.Data))))
            : TorchFile.Legacy(pickled, [.. entries.Select((entry, i) => ($"{i}", TorchFile.Bytes(entry.Data), entry.Data.Length))]);
    }

    private static byte[] Styled(PreparedStyle style)
    {
        using MemoryStream stream = new();
        style.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Saved(Action<string> save)
    {
        string path = Path.GetTempFileName();
        try
        {
            save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
