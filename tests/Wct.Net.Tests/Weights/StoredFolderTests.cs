using Wct.Net.Models;
using Wct.Net.Tests.Golden;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

/// <summary>Networks and files with all kinds of tensors in tests/golden, which PyTorch wrote, are read bit for bit.</summary>
public sealed class StoredFolderTests
{
    [Theory]
    [InlineData("compact", "compact", 5, true, 5)]
    [InlineData("sequential", "sequential", 3, false, 1)]
    [InlineData("torch7", "sequential", 2, false, 1)]
    public void NetworksAreReadBitForBit(string folder, string name, int deepest, bool lastRelu, int encoders)
    {
        WctModel read = WctModel.Load(Shared.Golden($"models/{folder}")), expected = GoldenModels.Create(name);
        AssertSame(expected.Levels.Where(level => level.Level <= deepest), read);
        Assert.All(read.Levels, level => Assert.Equal(lastRelu, level.Decoder.LastRelu));
        Assert.Equal(encoders, read.Encoders.Count());
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("sequential")]
    public void NetworksSurviveSaving(string folder)
    {
        using TemporaryFolder own = new();
        WctModel model = WctModel.Load(Shared.Golden($"models/{folder}"));
        model.Save(own.File("m"));
        AssertSame(model.Levels, WctModel.Load(own.File("m")));
    }

    [Fact]
    public void WhatPyTorchWroteIsReadBitForBit()
    {
        GoldenFile expected = new(Shared.Golden("torch"));
        string[] files = Directory.GetFiles(Shared.Golden("torch"), "*.pth");
        Assert.Equal(8, files.Length);
        foreach (string file in files)
        {
            using TensorArchive archive = NetworkFile.Open(file);
            string name = Path.GetFileNameWithoutExtension(file);
            // A checkpoint's tensors have their path in the file as name.
            string path = name.StartsWith("checkpoint", StringComparison.Ordinal) ? "model." : "";
            string[] tensors = [.. archive.Tensors.Where(tensor => tensor.Type is not null).Select(tensor => Own(tensor.Name))];
            Assert.Equal(expected.Names.Where(own => own.StartsWith($"{name}/", StringComparison.Ordinal)).Order(), tensors.Order());
            foreach (StoredTensor tensor in archive.Tensors.Where(tensor => tensor.Type is not null))
            {
                float[] values = expected.Singles(Own(tensor.Name));
                Assert.True(values.AsSpan().SequenceEqual(tensor.Read()), $"{name}: {tensor.Name}");
                Assert.Equal(values.Length, tensor.Elements);
            }

            string Own(string tensor)
            {
                Assert.StartsWith(path, tensor, StringComparison.Ordinal);
                return $"{name}/{tensor[path.Length..]}";
            }
        }
    }

    private static void AssertSame(IEnumerable<LevelModel> expected, WctModel actual)
    {
        Assert.Equal(expected.Select(level => level.Level), actual.Levels.Select(level => level.Level));
        Assert.All(expected.Zip(actual.Levels), pair =>
        {
            SmallNetworks.AssertSame(
                pair.First.Encoder.UpTo(pair.First.Level).Convolutions, pair.Second.Encoder.UpTo(pair.Second.Level).Convolutions);
            SmallNetworks.AssertSame(pair.First.Decoder.Convolutions, pair.Second.Decoder.Convolutions);
        });
    }
}
