using Wct.Net.Models;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class ModelFileTests
{
    public static TheoryData<bool, ElementType> Kinds => new()
    {
        { true, ElementType.F32 }, { true, ElementType.F16 }, { false, ElementType.F32 }, { false, ElementType.F16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AModelSurvivesSavingAndLoading(bool shared, ElementType type)
    {
        using TemporaryFolder folder = new();
        WctModel model = shared ? SmallNetworks.Shared() : SmallNetworks.Separate();
        model.Save(folder.File("1"), type);
        WctModel read = WctModel.Load(folder.File("1"));
        read.Save(folder.File("2"), type);
        Assert.Equal(File.ReadAllBytes(folder.File("1")), File.ReadAllBytes(folder.File("2")));
        Assert.Equal((model.Origin, model.License, model.Parameters), (read.Origin, read.License, read.Parameters));
        Assert.Equal(shared ? 1 : 2, read.Encoders.Count());
        Assert.All(model.Levels.Zip(read.Levels), pair =>
        {
            Assert.Equal((pair.First.Level, pair.First.Decoder.LastRelu), (pair.Second.Level, pair.Second.Decoder.LastRelu));
            SmallNetworks.AssertSame(pair.First.Encoder.Convolutions, pair.Second.Encoder.Convolutions);
            SmallNetworks.AssertSame(pair.First.Decoder.Convolutions, pair.Second.Decoder.Convolutions);
        });
    }

    [Fact]
    public void TensorsAndMetadataHaveTheDocumentedNames()
    {
        using TemporaryFolder folder = new();
        SmallNetworks.Separate().Save(folder.File("separate"), ElementType.F16);
        using TensorArchive archive = Safetensors.Open(folder.File("separate"));
        Assert.Equal(
            ["format=wct", "format_version=1", "levels=3,1", "encoders=encoder3,encoder1", "taps=conv3_1,conv1_1", "last_relu=true,true"],
            archive.Metadata.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.Equal(ElementType.F16, archive.Find("encoder1.conv1_1.weight")!.Type);
        Assert.Equal(ElementType.F32, archive.Find("encoder3.conv0.weight")!.Type);
        Assert.Equal(ElementType.F32, archive.Find("decoder3.conv2_2.bias")!.Type);
        SmallNetworks.Shared().Save(folder.File("shared"));
        using TensorArchive second = Safetensors.Open(folder.File("shared"));
        Assert.Equal("encoder.conv0.weight", second.Tensors[0].Name);
        Assert.Equal("encoder,encoder,encoder", second.Metadata["encoders"]);
    }

    [Fact]
    public void LayersAfterTheDeepestTapAreNotWritten()
    {
        using TemporaryFolder folder = new();
        new WctModel([new LevelModel(1, SmallNetworks.Encoder(4), SmallNetworks.Decoder(1))]).Save(folder.File("m"));
        Assert.Equal(1, Assert.Single(WctModel.Load(folder.File("m")).Encoders).Deepest);
    }

    [Fact]
    public void AFileWhoseHeaderLengthLooksLikeAPickleIsRead()
    {
        using TemporaryFolder folder = new();
        WctModel small = SmallNetworks.Shared();
        HashSet<byte> firstBytes = [];
        for (int length = 0; length < 256; length += 8)
        {
            new WctModel(small.Levels, new string('x', length)).Save(folder.File("m"));
            firstBytes.Add(File.ReadAllBytes(folder.File("m"))[0]);
            Assert.Equal(length, WctModel.Load(folder.File("m")).Origin!.Length);
        }

        // 0x80 starts a pickle, 4 a Torch7 object; lengths are multiples of 8.
        Assert.Contains((byte)0x80, firstBytes);
    }

    [Fact]
    public void PublishedModelsSurviveSaving()
    {
        using TemporaryFolder folder = new();
        WctModel model = WctModel.Load(Shared.Path("models/compact16x"));
        model.Save(folder.File("m"));
        WctModel read = WctModel.Load(folder.File("m"));
        Assert.Equal(model.Parameters, read.Parameters);
        Assert.All(model.Levels.Zip(read.Levels), pair =>
            SmallNetworks.AssertSame(pair.First.Decoder.Convolutions, pair.Second.Decoder.Convolutions));
    }

    [Theory]
    [InlineData("format", "other", "format 'other', a model's is 'wct'")]
    [InlineData("format", null, "no 'format'")]
    [InlineData("format_version", "2", "version '2', version '1' is known")]
    [InlineData("levels", "3,2,6", "level '6'")]
    [InlineData("levels", "3,2,x", "level 'x'")]
    [InlineData("levels", "3,2,2", "level 2 taps 'conv1_1'")]
    [InlineData("encoders", "encoder,encoder", "2 entries for 3 levels")]
    [InlineData("encoders", "encoder,encoder,encoder1", "missing encoder1.conv0.weight, encoder1.conv0.bias")]
    [InlineData("taps", "conv3_1,conv2_1,conv1_2", "taps 'conv1_2', it must be 'conv1_1'")]
    [InlineData("last_relu", "false,false,maybe", "says 'maybe'")]
    public void BadMetadataIsRefused(string key, string? value, string problem)
    {
        using TemporaryFolder folder = new();
        Rewrite(folder, metadata => _ = value is null ? metadata.Remove(key) : (metadata[key] = value) is null, _ => { });
        Assert.Contains(problem, Assert.Throws<WeightsFormatException>(() =>
            WctModel.Load(folder.File("bad"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BadTensorsAreNamed()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("missing decoder2.conv1_2.bias", Refused(folder, tensors => tensors.RemoveAll(tensor =>
            tensor.Name == "decoder2.conv1_2.bias")), StringComparison.Ordinal);
        Assert.Contains(
            "'encoder.conv1_2.weight' has shape [36]",
            Refused(folder, tensors => Replace(tensors, "encoder.conv1_2.weight", tensor =>
                new NamedTensor(tensor.Name, [36], tensor.Type, tensor.Data))), StringComparison.Ordinal);
        Assert.Contains(
            "conv1_2 takes 1 channels, conv1_1 gives 2",
            Refused(folder, tensors => Replace(tensors, "encoder.conv1_2.weight", tensor =>
                new NamedTensor(tensor.Name, [2, 1, 3, 3], tensor.Type, new float[18]))), StringComparison.Ordinal);
        Assert.Contains(
            "tensors 'decoder1.conv1_1': layer conv1_1: element 1 of the bias is NaN",
            Refused(folder, tensors => Replace(tensors, "decoder1.conv1_1.bias", tensor =>
                new NamedTensor(tensor.Name, tensor.Shape.ToArray(), tensor.Type, [1, float.NaN, 1]))), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedModelsAreLoadedOrRefused()
    {
        using TemporaryFolder folder = new();
        new WctModel([new LevelModel(1, SmallNetworks.Encoder(1), SmallNetworks.Decoder(1))]).Save(folder.File("m"));
        byte[] good = File.ReadAllBytes(folder.File("m"));
        static void Load(ByteSource source) => ModelFile.Load(Safetensors.Read(source));
        Hostile.Truncations(good, Load);
        Assert.InRange(Hostile.Mutations(good, 3000, Load), 1000, 3000);
    }

    private static string Refused(TemporaryFolder folder, Action<List<NamedTensor>> change)
    {
        Rewrite(folder, _ => { }, change);
        return Assert.Throws<WeightsFormatException>(() => WctModel.Load(folder.File("bad"))).Message;
    }

    private static void Replace(List<NamedTensor> tensors, string name, Func<NamedTensor, NamedTensor> change)
    {
        int at = tensors.FindIndex(tensor => tensor.Name == name);
        tensors[at] = change(tensors[at]);
    }

    private static void Rewrite(TemporaryFolder folder, Action<Dictionary<string, string>> metadata, Action<List<NamedTensor>> tensors)
    {
        SmallNetworks.Shared().Save(folder.File("good"));
        using TensorArchive archive = Safetensors.Open(folder.File("good"));
        Dictionary<string, string> changed = new(archive.Metadata);
        metadata(changed);
        List<NamedTensor> list = [.. archive.Tensors.Select(tensor =>
            new NamedTensor(tensor.Name, tensor.Shape.ToArray(), ElementType.F32, tensor.Read()))];
        tensors(list);
        Safetensors.Write(folder.File("bad"), list, changed);
    }
}
