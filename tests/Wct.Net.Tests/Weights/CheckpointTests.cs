using Wct.Net.Models;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

/// <summary>Networks in checkpoints: with prefixes, in nested dictionaries, together with other tensors.</summary>
public sealed class CheckpointTests
{
    private static readonly EncoderWeights Encoder = SmallNetworks.Encoder(2);
    private static readonly DecoderWeights Decoder = SmallNetworks.Decoder(2);

    // The prefix of a state dictionary's names, and its path in the file; each step of the path is a dictionary.
    public static TheoryData<string, string> Places() =>
    [
        .. from prefix in new[] { "", "module.", "net.", "module.net.", "encoder.features.", "my_", "0." }
           from path in new[] { "", "state_dict", "model_state_dict", "weights", "a/b/c" }
           select new TheoryDataRow<string, string>(prefix, path),
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void CompactNetworksAreFoundAnywhere(string prefix, string path) => AssertRead(compact: true, prefix, path, protocol: 2);

    [Theory]
    [MemberData(nameof(Places))]
    public void SequentialNetworksAreFoundAnywhere(string prefix, string path) => AssertRead(compact: false, prefix, path, protocol: 2);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void EveryProtocolIsRead(byte protocol)
    {
        AssertRead(compact: true, "module.", "state_dict", protocol);
        AssertRead(compact: false, "", "", protocol);
    }

    [Fact]
    public void OfSeveralFittingNetworksTheOneWithAUsualNameIsTaken()
    {
        using TemporaryFolder folder = new();
        TorchFile.Entry[] own = Entries(Encoder.Convolutions, compact: true, "model.");
        TorchFile.Entry[] average = Entries(SmallNetworks.Encoder(2, seed: 9).Convolutions, compact: true, "average.");
        Write(folder, [.. average, .. own], Entries(Decoder.Convolutions, compact: true, ""));
        SmallNetworks.AssertSame(Encoder.Convolutions, Assert.Single(WctModel.Load(folder.Path).Levels).Encoder.Convolutions);
        Write(folder, [.. average, .. Entries(Encoder.Convolutions, compact: true, "last.")],
            Entries(Decoder.Convolutions, compact: true, ""));
        Assert.Contains("2SE.pth: holds several networks that fit: 'average.', 'last.'", Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheNetworkThatFitsIsTaken()
    {
        // One file with both networks can be read as either, because the shapes of their common layers differ.
        using TemporaryFolder folder = new();
        TorchFile.Entry[] both =
        [
            .. Entries(Decoder.Convolutions, compact: true, "decoder."), .. Entries(Encoder.Convolutions, compact: true, "encoder."),
        ];
        Write(folder, both, both);
        LevelModel level = Assert.Single(WctModel.Load(folder.Path).Levels);
        SmallNetworks.AssertSame(Encoder.Convolutions, level.Encoder.Convolutions);
        SmallNetworks.AssertSame(Decoder.Convolutions, level.Decoder.Convolutions);
    }

    [Fact]
    public void MissingTensorsAreNamedWithTheirPrefix()
    {
        using TemporaryFolder folder = new();
        TorchFile.Entry[] encoder = Entries(Encoder.Convolutions, compact: true, "module.");
        Write(folder, [.. encoder.Where(entry => entry.Name != "module.conv12.bias")], Entries(Decoder.Convolutions, compact: true, ""));
        Assert.EndsWith("2SE.pth: missing module.conv12.bias", Refused(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights-module")]
    [InlineData("weights-plain")]
    [InlineData("weights-protocol5")]
    [InlineData("weights-state_dict-and-a-tensor")]
    public void SharedSamplesAreRead(string sample)
    {
        LevelModel level = Assert.Single(WctModel.Load(Shared.Path($"bugs/{sample}")).Levels);
        Assert.Equal((1, 24), (level.Level, level.Decoder.InChannels));
    }

    private static void AssertRead(bool compact, string prefix, string path, byte protocol)
    {
        using TemporaryFolder folder = new();
        foreach (bool zip in (bool[])[false, true])
        {
            string encoder = folder.File(compact ? "2SE.pth" : "vgg_normalised_conv2_1.pth");
            string decoder = folder.File(compact ? "2SD.pth" : "feature_invertor_conv2_1.pth");
            WriteOne(encoder, Entries(Encoder.Convolutions, compact, prefix), path, protocol, zip);
            WriteOne(decoder, Entries(Decoder.Convolutions, compact, prefix), path, protocol, zip);
            LevelModel level = Assert.Single(WctModel.Load(folder.Path).Levels);
            SmallNetworks.AssertSame(Encoder.Convolutions, level.Encoder.Convolutions);
            SmallNetworks.AssertSame(Decoder.Convolutions, level.Decoder.Convolutions);
        }
    }

    private static TorchFile.Entry[] Entries(IReadOnlyList<ConvolutionWeights> layers, bool compact, string prefix) => TorchFile.Entries(
        layers, (i, name) => prefix + (compact ? name.Replace("_", "", StringComparison.Ordinal) : $"{(3 * i) + 1}"));

    private static void Write(TemporaryFolder folder, TorchFile.Entry[] encoder, TorchFile.Entry[] decoder)
    {
        File.WriteAllBytes(folder.File("2SE.pth"), TorchFile.Legacy(encoder));
        File.WriteAllBytes(folder.File("2SD.pth"), TorchFile.Zip(decoder));
    }

    // Writes {"epoch": 3, "loss": tensor, PATH: {..}}, or only the state dictionary if there is no path.
    private static void WriteOne(string file, TorchFile.Entry[] entries, string path, byte protocol, bool zip)
    {
        PickleWriter pickle = new PickleWriter(protocol).Proto();
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        TorchFile.Entry loss = new("loss", [1], [0.5f]);
        foreach (string step in steps)
            pickle.Op('}').Mark().Text("epoch").Int(3).Text("loss").Tensor("loss", 1, 0, [], []).Text(step);
        TorchFile.StateDictionary(pickle, entries);
        foreach (string _ in steps)
            pickle.Op('u');
        byte[] pickled = pickle.Stop().ToArray();
        (string Key, byte[] Bytes, int Elements)[] storages =
        [
            .. entries.Select((entry, i) => ($"{i}", TorchFile.Bytes(entry.Data), entry.Data.Length)),
            .. steps.Take(1).Select(_ => ("loss", TorchFile.Bytes(loss.Data), 1)),
        ];
        File.WriteAllBytes(file, zip
            ? TorchFile.Zip(pickled, storages.Select(storage => ($"data/{storage.Key}", storage.Bytes)))
            : TorchFile.Legacy(pickled, storages));
    }

    private static string Refused(TemporaryFolder folder) =>
        Assert.Throws<WeightsFormatException>(() => WctModel.Load(folder.Path)).Message;
}
