using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Networks;

public sealed class StyleNetworkFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("network.safetensors");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["style", "styles", "upscale", "texture"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ANetworkSurvivesItsFile(string kind)
    {
        StyleNetworkModel model = Of(kind);
        model.Save(Path);
        Assert.True(StyleNetworkModel.IsNetwork(Path));
        StyleNetworkModel read = StyleNetworkModel.Load(Path);
        Assert.Equal(model.Table.Input, read.Table.Input);
        Assert.Equal(model.Table.Layers, read.Table.Layers);
        Assert.Equal((model.Kind, model.Conventions, model.Scale), (read.Kind, read.Conventions, read.Scale));
        Assert.Equal(model.Styles, read.Styles);
        Assert.All(model.Weights.Convolutions, own => Assert.True(own.SameBits(read.Weights.Convolution(own.Name))));
        foreach (NormalizationWeights own in model.Weights.Normalizations)
        {
            NormalizationWeights other = read.Weights.Normalization(own.Name);
            Assert.Equal(own.Scale.ToArray(), other.Scale.ToArray());
            Assert.Equal(own.Shift.ToArray(), other.Shift.ToArray());
            Assert.Equal(own.BatchConstants?.Variance.ToArray(), other.BatchConstants?.Variance.ToArray());
        }

        byte[] first = File.ReadAllBytes(Path);
        read.Save(Path);
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Fact]
    public void HalfPrecisionHalvesTheWeightsOnly()
    {
        StyleNetworkModel model = SmallStyleNetworks.Style();
        model.Save(Path, ElementType.F16);
        using TensorArchive archive = Safetensors.Open(Path);
        Assert.Equal(ElementType.F16, archive.Find("conv1.weight")!.Type);
        Assert.Equal(ElementType.F32, archive.Find("conv1.bias")!.Type);
        Assert.Equal(ElementType.F32, archive.Find("in1.scale")!.Type);
        float[] expected = [.. model.Weights.Convolution("conv1").Weights.ToArray().Select(weight => (float)(Half)weight)];
        Assert.Equal(expected, StyleNetworkModel.Load(Path).Weights.Convolution("conv1").Weights.ToArray());
    }

    [Fact]
    public void TheTableIsReadable()
    {
        SmallStyleNetworks.Style().Save(Path);
        using TensorArchive archive = Safetensors.Open(Path);
        string[] lines = archive.Metadata["layers"].Split('\n');
        Assert.Equal("conv1: convolution image", lines[0]);
        Assert.Equal("in1: instance_normalization conv1 epsilon=1E-05 activation=relu", lines[1]);
        Assert.Equal("conv2: convolution in1 stride=2 padding=zero alignment=same", lines[2]);
        Assert.Equal("in2: instance_normalization conv2 epsilon=0.001 activation=leaky_relu(0.25)", lines[3]);
        Assert.Equal("sum: add in2 in4", lines[8]);
        Assert.Equal("255 0", archive.Metadata["input_scale"]);
    }

    [Theory]
    [InlineData("conv1: convolution image", "conv1: twist image", "unknown operation 'twist'")]
    [InlineData("conv1: convolution image", "conv1: convolution image color=red", "unknown setting 'color'")]
    [InlineData("conv1: convolution image", "conv1: convolution image stride=3", "the stride is 3")]
    [InlineData("conv1: convolution image", "conv1: convolution image stride=x", "'stride=x'")]
    [InlineData("conv1: convolution image", "conv1: convolution image padding=wet", "must be reflect or zero or circular")]
    [InlineData("conv1: convolution image", "conv1: convolution image other", "names 2 inputs")]
    [InlineData("conv1: convolution image", "conv1 convolution", "NAME: OPERATION")]
    [InlineData("conv1: convolution image", "conv1: convolution picture", "'picture'")]
    [InlineData("conv1: convolution image", "first: convolution image\nconv1: activation first activation=relu", "missing first.weight")]
    [InlineData("activation=tanh", "activation=sine", "'activation=sine'")]
    [InlineData("transposed=true", "transposed=maybe", "'transposed=maybe'")]
    public void AWrongTableIsNamed(string from, string to, string message)
    {
        SmallStyleNetworks.Style().Save(Path);
        Dictionary<string, string> metadata = Metadata(out NamedTensor[] tensors);
        Assert.Contains(from, metadata["layers"], StringComparison.Ordinal);
        metadata["layers"] = metadata["layers"].Replace(from, to, StringComparison.Ordinal);
        Safetensors.Write(Path, tensors, metadata);
        string text = Assert.Throws<WeightsFormatException>(() => StyleNetworkModel.Load(Path)).Message;
        Assert.StartsWith(Path, text, StringComparison.Ordinal);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Theory]
    [InlineData("kind", "cartoon", "'cartoon'")]
    [InlineData("format_version", "2", "version '2'")]
    [InlineData("input_scale", "255", "'255'")]
    [InlineData("styles", "wave", "'wave'")]
    [InlineData("kind", "upscale", "1 times as large")]
    [InlineData("format", "wct", "universal style transfer")]
    [InlineData("format", "other", "'other'")]
    public void WrongMetadataIsNamed(string key, string value, string message)
    {
        SmallStyleNetworks.Style(styles: 2).Save(Path);
        Dictionary<string, string> metadata = Metadata(out NamedTensor[] tensors);
        metadata[key] = value;
        Safetensors.Write(Path, tensors, metadata);
        Assert.Contains(
            message, Assert.Throws<WeightsFormatException>(() => StyleNetworkModel.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelForUniversalStyleTransferIsNoNetwork()
    {
        RandomModel.Create([2], 1).Save(Path);
        Assert.False(StyleNetworkModel.IsNetwork(Path));
        Assert.Contains(
            "universal style transfer", Assert.Throws<WeightsFormatException>(() => StyleNetworkModel.Load(Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("padding", "reflect", "'padding' says 'reflect'")]
    [InlineData("norm", "batch", "'norm' says 'batch'")]
    [InlineData("output", null, "no 'output'")]
    public void APublishedNetworkWithAnotherConventionIsRefused(string key, string? value, string message)
    {
        using TensorArchive archive = Safetensors.Open(Shared.Path("models/johnson/wave.safetensors"));
        Dictionary<string, string> metadata = new(archive.Metadata);
        _ = value is null ? metadata.Remove(key) : (metadata[key] = value) is not null;
        NamedTensor[] tensors =
            [.. archive.Tensors.Select(own => new NamedTensor(own.Name, own.Shape.ToArray(), ElementType.F32, own.Read()))];
        Safetensors.Write(Path, tensors, metadata);
        Assert.Contains(
            message, Assert.Throws<WeightsFormatException>(() => StyleNetworkModel.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TablesWithoutEndAreRefused()
    {
        string many = string.Join('\n', Enumerable.Range(0, 10_001).Select(i => $"a{i + 1}: upsample a{i}"));
        Assert.Contains(
            "has 10001 layers", Assert.Throws<ArgumentException>(() => LayerText.Read("a0", many)).Message, StringComparison.Ordinal);
        NetworkTable doubling = LayerText.Read(
            "a0", string.Join('\n', Enumerable.Range(0, 40).Select(i => $"a{i + 1}: concatenate a{i} a{i}")));
        Assert.Contains("concatenates 98304 channels", Assert.Throws<ArgumentException>(() => new StyleNetworkModel(
            StyleNetworkKind.Style, doubling, new NetworkWeights([]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesThatFilesCantHaveAreRefused() => Assert.Contains("'in 1'", Assert.Throws<ArgumentException>(() =>
        LayerText.Write(new NetworkTable("image", [new UpsampleLayer("in 1", "image")]))).Message, StringComparison.Ordinal);

    private static StyleNetworkModel Of(string kind) => kind switch
    {
        "style" => SmallStyleNetworks.Style(),
        "styles" => SmallStyleNetworks.Style(styles: 3),
        "upscale" => SmallStyleNetworks.Upscale(),
        _ => SmallStyleNetworks.Texture(),
    };

    private Dictionary<string, string> Metadata(out NamedTensor[] tensors)
    {
        using TensorArchive archive = Safetensors.Open(Path);
        tensors = [.. archive.Tensors.Select(own => new NamedTensor(own.Name, own.Shape.ToArray(), ElementType.F32, own.Read()))];
        return new Dictionary<string, string>(archive.Metadata);
    }
}
