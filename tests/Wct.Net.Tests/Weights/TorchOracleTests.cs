using System.Runtime.InteropServices;
using System.Text;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class TorchOracleTests(TorchOracle oracle) : IClassFixture<TorchOracle>
{
    [Fact]
    public void WhatPyTorchWritesIsReadBitForBit()
    {
        string[] files = Directory.GetFiles(Files(), "*-*.pth");
        Assert.Equal(20, files.Length);
        Assert.All(files, AssertSame);
    }

    [Fact]
    public void PublishedNetworksAreReadAsPyTorchReadsThem()
    {
        string files = Files();
        string[] published = [.. ModelFolders.SelectMany(folder => Directory.GetFiles(Shared.Path(folder), "*.pth"))];
        Assert.Equal(16, published.Length);
        Assert.All(published, path => AssertSame(path, Path.Combine(files, Path.GetFileNameWithoutExtension(path) + ".raw")));
    }

    private static readonly string[] ModelFolders = ["models/compact16x", "models/vgg19-relu3"];

    private static void AssertSame(string path) => AssertSame(path, Path.ChangeExtension(path, ".raw"));

    private static void AssertSame(string path, string rawPath)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ReadOnlySpan<byte> raw = File.ReadAllBytes(rawPath);
        StoredTensor[] tensors = [.. archive.Tensors.Where(tensor => tensor.Type is not null)];
        Assert.NotEmpty(tensors);
        foreach (StoredTensor tensor in tensors)
        {
            int end = raw.IndexOf((byte)'\n');
            Assert.Equal($"{tensor.Name} {tensor.Elements}", Encoding.UTF8.GetString(raw[..end]));
            ReadOnlySpan<byte> expected = raw.Slice(end + 1, (int)tensor.Elements * sizeof(float));
            Assert.True(expected.SequenceEqual(MemoryMarshal.AsBytes<float>(tensor.Read())), $"{path}: {tensor.Name}");
            raw = raw[(end + 1 + expected.Length)..];
        }

        Assert.True(raw.IsEmpty, $"{path}: PyTorch sees more tensors");
    }

    // Without the published networks, the first test still runs.
    private string Files() => oracle.Files([.. ModelFolders.Select(name =>
        Path.Combine(Shared.Root, "..", "shared", name)).Where(Directory.Exists)]);
}
