using System.Runtime.InteropServices;
using Wct.Net.Models;
using Wct.Net.Onnx;
using Wct.Net.Tests.Models;

namespace Wct.Net.Tests.Onnx;

/// <summary>Parses exported files. The field numbers are copied from onnx.proto again, independently of the exporter.</summary>
public class OnnxExportTests
{
    [Fact]
    public void AnEncoderHasAnOutputPerTap()
    {
        WctModel model = SmallNetworks.Shared();
        ProtoReader graph = Exported(model, "encoder.onnx").Message(7);
        Assert.Equal(["image"], Names(graph, 11));
        Assert.Equal(["relu1_1", "relu2_1", "relu3_1"], Names(graph, 12));
        string[] expected = [
            "Conv", "Pad", "Conv", "Relu", "Pad", "Conv", "Relu", "MaxPool", "Pad", "Conv", "Relu", "Pad", "Conv", "Relu", "MaxPool",
            "Pad", "Conv", "Relu"];
        Assert.Equal(expected, graph.Messages(1).Select(node => node.Text(4)));
        AssertConnected(graph, "image");
        AssertWeights(model.Encoders.Single().Convolutions, graph);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADecoderMirrorsItsEncoder(bool lastRelu)
    {
        DecoderWeights decoder = SmallNetworks.Decoder(2, lastRelu: lastRelu);
        ProtoReader graph = Exported(new WctModel([new LevelModel(2, SmallNetworks.Encoder(2), decoder)]), "decoder2.onnx").Message(7);
        Assert.Equal(["features", "image"], [.. Names(graph, 11), .. Names(graph, 12)]);
        string[] expected = ["Pad", "Conv", "Relu", "Resize", "Pad", "Conv", "Relu", "Pad", "Conv", "Relu"];
        Assert.Equal(lastRelu ? expected : expected[..^1], graph.Messages(1).Select(node => node.Text(4)));
        AssertConnected(graph, "features");
        AssertWeights(decoder.Convolutions, graph);
    }

    [Fact]
    public void FilesNameTheProducerAndTheLicense()
    {
        ProtoReader file = Exported(SmallNetworks.Shared(), "decoder1.onnx");
        Assert.Equal(7, Assert.Single(file.Numbers(1)));
        Assert.Equal("wct", file.Text(2));
        Assert.Equal(13, Assert.Single(file.Message(8).Numbers(2)));
        Assert.Equal([("origin", "made up"), ("license", "MIT")], file.Messages(14).Select(entry => (entry.Text(1), entry.Text(2))));
    }

    [Fact]
    public void FilesHaveTheDocumentedNames()
    {
        using TemporaryFolder folder = new();
        string target = folder.File("out");
        string[] expected = ["encoder3.onnx", "encoder1.onnx", "decoder3.onnx", "decoder1.onnx"];
        // Twice: into a new folder and into an existing one.
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(expected.Select(name => Path.Combine(target, name)), OnnxExport.Write(SmallNetworks.Separate(), target));
            Assert.Equal(expected.Order(), Directory.GetFileSystemEntries(target).Select(Path.GetFileName).Order());
            File.WriteAllText(folder.File("out/encoder3.onnx"), "old");
        }

        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("new")]
    [InlineData("old")]
    public void CancelingLeavesNoFiles(string name)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("old"));
        Assert.Throws<OperationCanceledException>(
            () => OnnxExport.Write(SmallNetworks.Shared(), folder.File(name), new CancellationToken(true)));
        Assert.Equal([folder.File("old")], Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void TheParentFolderMustExist() =>
        Assert.Throws<DirectoryNotFoundException>(
            () => OnnxExport.Write(SmallNetworks.Shared(), Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "out")));

    private static ProtoReader Exported(WctModel model, string name)
    {
        using TemporaryFolder folder = new();
        OnnxExport.Write(model, folder.File("out"));
        return new ProtoReader(File.ReadAllBytes(folder.File($"out/{name}")));
    }

    private static string[] Names(ProtoReader graph, int field) => Array.ConvertAll(graph.Messages(field), value => value.Text(1));

    // Every node reads tensors that already exist, and every output of the graph is the output of a node.
    private static void AssertConnected(ProtoReader graph, string input)
    {
        HashSet<string> known = [input, "", .. graph.Messages(5).Select(constant => constant.Text(8))];
        foreach (ProtoReader node in graph.Messages(1))
        {
            Assert.All(node.Texts(1), name => Assert.Contains(name, known));
            Assert.True(known.Add(node.Text(2)), node.Text(2));
        }

        Assert.All(Names(graph, 12), name => Assert.Contains(name, known));
    }

    private static void AssertWeights(IEnumerable<ConvolutionWeights> convolutions, ProtoReader graph)
    {
        Dictionary<string, ProtoReader> constants = graph.Messages(5).ToDictionary(constant => constant.Text(8));
        foreach (ConvolutionWeights layer in convolutions)
        {
            ProtoReader weight = constants[$"{layer.Name}.weight"], bias = constants[$"{layer.Name}.bias"];
            Assert.Equal([layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize], weight.Numbers(1));
            Assert.Equal(layer.Weights, MemoryMarshal.Cast<byte, float>(weight.Bytes(9)).ToArray());
            Assert.Equal(layer.Bias, MemoryMarshal.Cast<byte, float>(bias.Bytes(9)).ToArray());
        }
    }
}
