using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class PublishedFolderTests
{
    [Fact]
    public void CompactNetworksHaveAllLevels()
    {
        WctModel model = WctModel.Load(Shared.Path("models/compact16x"));
        Assert.Equal([5, 4, 3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.All(model.Levels, level => Assert.True(level.Decoder.LastRelu));
        Assert.Equal([128, 128, 64, 32, 24], model.Levels.Select(level => level.Decoder.InChannels));
        Assert.Equal(5, model.Encoders.Count());
        Assert.Equal(("{L}SE and {L}SD", "MIT License"), (model.Origin, model.License));

        // Number and SHA-256 of all weights, deepest level first, encoder before decoder, as PyTorch 1.13 reads them.
        Assert.Equal(2146003, model.Parameters);
        Assert.Equal("5C283262BC7BA31D58E8B0C2C099124DE229C2A75E1FBEABB7D8A47902F98289", Hash(model));
    }

    [Fact]
    public void FullSizeNetworksShareOneEncoder()
    {
        WctModel model = WctModel.Load(Shared.Path("models/vgg19-relu3"));
        Assert.Equal([3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.All(model.Levels, level => Assert.False(level.Decoder.LastRelu));
        Assert.Equal([256, 128, 64], model.Levels.Select(level => level.Decoder.InChannels));
        Assert.Single(model.Encoders);
        Assert.Equal("Apache License", model.License);
        Assert.Equal(555340 + 555075 + 112451 + 1731, model.Parameters);
        Assert.Equal("4F15D1467D42BDEED2453CFD8D16973DF25D05695243267816169337762221EE", Hash(model));
    }

    [Theory]
    [InlineData("t7")]
    [InlineData("pth")]
    public void SequentialNetworksAreReadInBothFormats(string format)
    {
        using TemporaryFolder folder = new();
        WctModel model = SmallNetworks.Shared();
        foreach (LevelModel level in model.Levels)
        {
            WriteEncoder(folder, level.Level, level.Encoder.UpTo(level.Level), format);
            WriteDecoder(folder, level.Decoder, format);
        }

        WctModel read = WctModel.Load(folder.Path);
        Assert.Single(read.Encoders);
        Assert.Null(read.License);
        Assert.All(model.Levels.Zip(read.Levels), pair =>
        {
            SmallNetworks.AssertSame(pair.First.Encoder.Convolutions, pair.Second.Encoder.Convolutions);
            SmallNetworks.AssertSame(pair.First.Decoder.Convolutions, pair.Second.Decoder.Convolutions);
            Assert.False(pair.Second.Decoder.LastRelu);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Torch7DecodersSayWhetherALastReluFollows(bool lastRelu)
    {
        using TemporaryFolder folder = new();
        WriteEncoder(folder, 2, SmallNetworks.Encoder(2), "t7");
        WriteDecoder(folder, SmallNetworks.Decoder(2, lastRelu: lastRelu), "t7");
        Assert.Equal(lastRelu, Assert.Single(WctModel.Load(folder.Path).Levels).Decoder.LastRelu);
    }

    [Fact]
    public void Torch7LayersMustBeThoseOfTheTable()
    {
        using TemporaryFolder folder = new();
        WriteDecoder(folder, SmallNetworks.Decoder(2), "t7");
        EncoderWeights encoder = SmallNetworks.Encoder(2);
        File.WriteAllBytes(folder.File("vgg_normalised_conv2_1.t7"), Torch7Writer.File(Torch7Modules.Network(Vgg19.Encoder(2).Layers.Where(
            layer => layer is ConvolutionLayer), encoder.Convolutions)));
        Assert.Contains("'conv conv relu conv relu conv relu', an encoder of level 2 has", Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void ALevelWithoutAnEncoderTakesTheNextDeeperOne()
    {
        using TemporaryFolder folder = new();
        WriteEncoder(folder, 4, SmallNetworks.Encoder(4), "pth");
        foreach (int level in (int[])[1, 3])
            WriteDecoder(folder, SmallNetworks.Decoder(level), "pth");
        WctModel model = WctModel.Load(folder.Path);
        Assert.Equal([3, 1], model.Levels.Select(level => level.Level));
        Assert.Equal(3, Assert.Single(model.Encoders).Deepest);
    }

    [Fact]
    public void EncodersThatDifferStayApart()
    {
        using TemporaryFolder folder = new();
        foreach (int level in (int[])[1, 2])
        {
            WriteEncoder(folder, level, SmallNetworks.Encoder(level, seed: level), "pth");
            WriteDecoder(folder, SmallNetworks.Decoder(level), "pth");
        }

        Assert.Equal([2, 1], WctModel.Load(folder.Path).Encoders.Select(encoder => encoder.Deepest));
    }

    [Fact]
    public void MissingFilesAreNamed()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("feature_invertor_conv{1..5}_1.pth or .t7, {1..5}SD.pth", Refused(folder), StringComparison.Ordinal);
        WriteEncoder(folder, 2, SmallNetworks.Encoder(2), "pth");
        Assert.Contains("looked for", Refused(folder), StringComparison.Ordinal);
        WriteDecoder(folder, SmallNetworks.Decoder(3), "pth");
        Assert.Contains(
            "level 3 has a decoder, but no encoder reaches it: vgg_normalised_conv3_1.pth", Refused(folder), StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("1SD.pth"), []);
        Assert.Contains("two naming schemes", Refused(folder), StringComparison.Ordinal);
        string absent = folder.File("absent");
        Assert.Contains(absent, Assert.Throws<FileNotFoundException>(() => WctModel.Load(absent)).Message, StringComparison.Ordinal);
        Assert.Contains(absent, Assert.Throws<DirectoryNotFoundException>(() =>
            PublishedFolder.Load(absent)).Message, StringComparison.Ordinal);
        Assert.Contains("give the folder", Assert.Throws<WeightsFormatException>(() =>
            WctModel.Load(folder.File("vgg_normalised_conv2_1.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CompactNetworksNeedAllLayers()
    {
        using TemporaryFolder folder = new();
        static string Key(int i, string name) => name.Replace("_", "", StringComparison.Ordinal);
        TorchFile.Entry[] encoder = TorchFile.Entries(SmallNetworks.Encoder(2).Convolutions, Key), decoder = TorchFile.Entries(
            SmallNetworks.Decoder(2).Convolutions, Key);
        File.WriteAllBytes(folder.File("2SE.pth"), TorchFile.Zip([.. encoder, new("conv11_aux.weight", [4, 2, 1, 1], new float[8])]));
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Legacy(decoder));
        Assert.True(Assert.Single(WctModel.Load(folder.Path).Levels).Decoder.LastRelu);
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Legacy([.. decoder.Where(entry =>
            entry.Name is not ("conv12.bias" or "conv11.weight"))]));
        Assert.EndsWith("2SD.pth: missing conv12.bias, conv11.weight", Refused(folder), StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Legacy([.. decoder.Select(entry =>
            entry with { Shape = entry.Name == "conv12.bias" ? [1, 2] : entry.Shape })]));
        Assert.Contains(
            "'conv12.bias' has shape [1, 2]; 'conv12.weight' with shape [2, 2, 3, 3] needs [2]", Refused(folder), StringComparison.Ordinal);
        decoder[2].Data[5] = float.NaN;
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Legacy(decoder));
        Assert.Contains("conv1_2: element 5 of the weights is NaN", Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void CompactNetworksMayHaveNoOtherLayers()
    {
        using TemporaryFolder folder = new();
        static TorchFile.Entry[] Entries(IReadOnlyList<ConvolutionWeights> layers) =>
            TorchFile.Entries(layers, (_, name) => name.Replace("_", "", StringComparison.Ordinal));
        File.WriteAllBytes(folder.File("2SE.pth"), TorchFile.Legacy(Entries(SmallNetworks.Encoder(2).Convolutions)));
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Legacy(Entries(SmallNetworks.Decoder(3).Convolutions)));
        Assert.EndsWith(
            "2SD.pth: has conv31, conv22; a decoder of level 2 has conv21 to conv11 only", Refused(folder), StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("2SE.pth"), TorchFile.Legacy(Entries(SmallNetworks.Encoder(3).Convolutions)));
        Assert.EndsWith(
            "2SE.pth: has conv22, conv31; an encoder of level 2 has conv0 to conv21 only", Refused(folder), StringComparison.Ordinal);
    }

    // A file lock replaces missing permission, because an administrator may read everything.
    [Fact]
    public void AnUnreadableFileIsNamedUnlessItIsTheLicense()
    {
        using TemporaryFolder folder = new();
        WriteEncoder(folder, 1, SmallNetworks.Encoder(1), "pth");
        WriteDecoder(folder, SmallNetworks.Decoder(1), "pth");
        File.WriteAllText(folder.File("LICENSE"), "MIT");
        Assert.Equal("MIT", WctModel.Load(folder.Path).License);
        using (new FileStream(folder.File("LICENSE"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Null(WctModel.Load(folder.Path).License);
        string decoder = folder.File("feature_invertor_conv1_1.pth");
        using FileStream locked = new(decoder, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"{decoder}: ", Assert.Throws<IOException>(() => WctModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Refused(TemporaryFolder folder) => Assert.Throws<WeightsFormatException>(() =>
        WctModel.Load(folder.Path)).Message;

    private static void WriteEncoder(TemporaryFolder folder, int level, EncoderWeights encoder, string format) => File.WriteAllBytes(
        folder.File($"vgg_normalised_conv{level}_1.{format}"), Bytes(Vgg19.Encoder(level).Layers, encoder.Convolutions, format));

    private static void WriteDecoder(TemporaryFolder folder, DecoderWeights decoder, string format) => File.WriteAllBytes(
        folder.File($"feature_invertor_conv{decoder.Level}_1.{format}"), Bytes(
            Vgg19.Decoder(decoder.Level, decoder.LastRelu).Layers, decoder.Convolutions, format));

    private static byte[] Bytes(IReadOnlyList<Layer> layers, IReadOnlyList<ConvolutionWeights> weights, string format) =>
        format == "t7" ? Torch7Writer.File(Torch7Modules.Network(layers, weights)) : TorchFile.Legacy(TorchFile.Entries(weights, (
            i, _) => $"{(3 * i) + 1}"));

    private static string Hash(WctModel model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (LevelModel level in model.Levels)
        {
            foreach (ConvolutionWeights layer in level.Encoder.UpTo(level.Level).Convolutions.Concat(level.Decoder.Convolutions))
            {
                hash.AppendData(MemoryMarshal.AsBytes(layer.Weights.Span));
                hash.AppendData(MemoryMarshal.AsBytes(layer.Bias.Span));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
