using Wct.Net.Models;
using Wct.Net.Tests.Weights;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net.Tests;

/// <summary>Numbers too large for single precision never become pixels. They are refused when a file is loaded if the weights alone show
/// it, otherwise when a picture is stylized.</summary>
public sealed class OverflowTests
{
    private static readonly WctModel Model = RandomModel.Create([4, 5], seed: 3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFirstLayerThatOverflowsWhenFoldedIsRefusedWithItsFile(bool inTheBias)
    {
        // Each layer alone is finite. Folding multiplies the weights with conv0's bias or weights.
        ConvolutionWeights[] layers = [.. Model.Levels[0].Encoder.Convolutions];
        layers[0] = Scaled(layers[0], inTheBias ? 0 : 1e30f, inTheBias ? 1e30f : 0);
        layers[1] = Scaled(layers[1], 1e30f, 1);
        string element = inTheBias ? "of the bias overflows" : "of the weights overflows";
        Assert.Contains(element, Assert.Throws<ArgumentException>(() => new EncoderWeights(2, layers)).Message, StringComparison.Ordinal);

        using TemporaryFolder folder = new();
        static string Key(int i, string name) => name.Replace("_", "", StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("2SE.pth"), TorchFile.Zip(TorchFile.Entries(layers, Key)));
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Zip(TorchFile.Entries(Model.Levels[0].Decoder.Convolutions, Key)));
        string message = Assert.Throws<WeightsFormatException>(() => WctModel.Load(folder.Path)).Message;
        Assert.StartsWith($"{folder.File("2SE.pth")}: ", message, StringComparison.Ordinal);
        Assert.Contains("conv0 folded into conv1_1", message, StringComparison.Ordinal);
        Assert.Contains(element, message, StringComparison.Ordinal);

        // The same for an encoder's own file.
        NamedTensor[] encoder = [.. layers.SelectMany(Tensors)];
        Safetensors.Write(folder.File("encoder.safetensors"), encoder, [new("format", "wct-encoder")]);
        message = Assert.Throws<WeightsFormatException>(() => EncoderFile.Load(folder.File("encoder.safetensors"))).Message;
        Assert.StartsWith($"{folder.File("encoder.safetensors")}: ", message, StringComparison.Ordinal);
        Assert.Contains(element, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnOverflowInADecoderIsReportedAndNothingIsWritten(bool tiles)
    {
        // Signs alternate between taps, so infinities of both signs are added.
        LevelModel level = Model.Levels.First(candidate => candidate.Level == 2);
        ConvolutionWeights[] layers = [.. level.Decoder.Convolutions.Select(layer => Scaled(layer, 1e25f, 1))];
        using StyleTransfer transfer = new(
            new WctModel([new LevelModel(2, level.Encoder, new DecoderWeights(2, layers, lastRelu: false))]));
        PixelImage photo = Pictures.Textured(400, 600), painting = Pictures.Textured(40, 40, 2);
        StylizeOptions options = new() { MaxMemory = tiles ? Least(transfer, photo, transfer.PrepareStyle(painting)) + (3 << 20) : null };
        PreparedStyle style = transfer.PrepareStyle(painting);
        byte[] destination = new byte[photo.Bytes.Length];
        AssertOverflow(() => transfer.Stylize(photo, style, destination, 0, PixelLayout.Rgb24, options));
        Assert.All(destination, value => Assert.Equal(0, value));
        AssertOverflow(() => transfer.Stylize(photo, painting, options));
    }

    [Theory]
    [InlineData(1e35)]
    [InlineData(1e150)]
    [InlineData(1e300)]
    public void AStyleWhoseNumbersOverflowIsRefused(double scale)
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(40, 40, 2));
        TensorBlock[] tensors = [.. style.Levels.SelectMany(level => (TensorBlock[])
        [
            TensorBlock.Of($"level{level}.mean", [style.Moments[level].Channels], style.Moments[level].Mean.ToArray()),
            Square($"level{level}.covariance", style.Moments[level].Covariance, 1),
            Square($"level{level}.root", style.Moments[level].Root.Matrix, scale),
        ])];
        using MemoryStream stream = new();
        Safetensors.WriteBlocks(stream, tensors, StyleFile.Metadata(style));
        stream.Position = 0;
        PreparedStyle large = PreparedStyle.Load(stream, Model);
        AssertOverflow(() => transfer.Stylize(Pictures.Textured(60, 50), large));
    }

    private static TensorBlock Square(string name, ReadOnlySpan<double> matrix, double scale)
    {
        long side = (long)Math.Sqrt(matrix.Length);
        return TensorBlock.Of(name, [side, side], Array.ConvertAll(matrix.ToArray(), value => value * scale));
    }

    [Fact]
    public void LargeWeightsThatDoNotOverflowAreUsed()
    {
        // Scales up by nine orders of magnitude in one layer and down in the next.
        LevelModel level = Model.Levels.First(candidate => candidate.Level == 2);
        ConvolutionWeights[] layers = [.. level.Decoder.Convolutions.Select(layer => Scaled(layer, 1, 1))];
        using StyleTransfer plain = new(new WctModel([new LevelModel(2, level.Encoder, new DecoderWeights(2, layers, lastRelu: false))]));
        layers = [Scaled(layers[0], 1 << 30, 1 << 30), Scaled(layers[1], 1f / (1 << 30), 1), .. layers[2..]];
        using StyleTransfer large = new(new WctModel([new LevelModel(2, level.Encoder, new DecoderWeights(2, layers, lastRelu: false))]));
        PixelImage photo = Pictures.Textured(50, 40), painting = Pictures.Textured(40, 40, 2);
        Assert.InRange(plain.Stylize(photo, painting).Bytes.Zip(large.Stylize(photo, painting).Bytes, (a, b) => Math.Abs(a - b))
            .Max(), 0, 1);
    }

    private static void AssertOverflow(Action stylize) =>
        Assert.Matches(
            "^The .* overflow: these weights, or this style's numbers, are too large\\.$",
            Assert.Throws<InvalidDataException>(stylize).Message);

    private static long Least(StyleTransfer transfer, PixelImage photo, PreparedStyle style) =>
        long.Parse(Assert.Throws<ArgumentException>(() =>
        transfer.Stylize(photo, style, new StylizeOptions { MaxMemory = 1 })).Message.Split(' ')[^3]);

    private static ConvolutionWeights Scaled(ConvolutionWeights layer, float weights, float bias) => new(
        layer.Name, layer.OutChannels, layer.InChannels, layer.KernelSize,
        Array.ConvertAll(layer.Weights.ToArray(), value => value * weights),
        Array.ConvertAll(layer.Bias.ToArray(), value => (value == 0 ? 0.01f : value) * bias));

    private static NamedTensor[] Tensors(ConvolutionWeights layer) =>
    [
        new($"{layer.Name}.weight", [layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize], ElementType.F32,
            layer.Weights),
        new($"{layer.Name}.bias", [layer.OutChannels], ElementType.F32, layer.Bias),
    ];
}
