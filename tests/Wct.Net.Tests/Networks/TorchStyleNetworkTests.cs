using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Tests.Weights;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Networks;

/// <summary>Reads checkpoints in the form of PyTorch's example fast_neural_style, which these tests write.</summary>
public sealed class TorchStyleNetworkTests : IDisposable
{
    // Output channels, input channels, kernel size; the names are the checkpoint's.
    private static readonly (string Convolution, string? Normalization, int Out, int In, int Kernel)[] Parts =
    [
        ("conv1", "in1", 4, 3, 9), ("conv2", "in2", 5, 4, 3), ("conv3", "in3", 6, 5, 3),
        ("res1.conv1", "res1.in1", 6, 6, 3), ("res1.conv2", "res1.in2", 6, 6, 3),
        ("res2.conv1", "res2.in1", 6, 6, 3), ("res2.conv2", "res2.in2", 6, 6, 3),
        ("deconv1", "in4", 5, 6, 3), ("deconv2", "in5", 4, 5, 3), ("deconv3", null, 3, 4, 9),
    ];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("mosaic.pth");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "", false)]
    [InlineData(false, "", true)]
    [InlineData(true, "module.", true)]
    public void ACheckpointIsRead(bool zip, string prefix, bool hasRunningStatistics)
    {
        List<TorchFile.Entry> entries = Entries(prefix, hasRunningStatistics);
        File.WriteAllBytes(Path, zip ? TorchFile.Zip(entries) : TorchFile.Legacy(entries));
        Assert.True(StyleNetworkModel.IsNetwork(Path));
        StyleNetworkModel model = StyleNetworkModel.Load(Path);
        Assert.Equal((StyleNetworkKind.Style, 1, 1), (model.Kind, model.Scale, model.StyleCount));
        Assert.Equal(new SampleScale(255, 0), model.Conventions.Input);
        Assert.Equal(2, model.Table.Layers.OfType<AddLayer>().Count());
        foreach ((string convolution, string? normalization, int outs, int ins, int kernel) in Parts)
        {
            ConvolutionWeights own = model.Weights.Convolution(convolution);
            Assert.Equal((outs, ins, kernel), (own.OutChannels, own.InChannels, own.KernelSize));
            Assert.Equal(Data(entries, $"{prefix}{convolution}.conv2d.weight"), own.Weights.ToArray());
            if (normalization is not null)
                Assert.Equal(Data(entries, $"{prefix}{normalization}.bias"), model.Weights.Normalization(normalization).Shift.ToArray());
        }
    }

    // Written from the architecture's description, in plain loops and doubles.
    [Theory]
    [InlineData(17, 13)]
    [InlineData(24, 20)]
    public void TheNetworkComputesWhatTheDescriptionSays(int width, int height)
    {
        List<TorchFile.Entry> entries = Entries("", hasRunningStatistics: false);
        File.WriteAllBytes(Path, TorchFile.Zip(entries));
        PixelImage photo = Pictures.Textured(width, height);
        PlainNetwork plain = new(name => Data(entries, name));
        PlainMap map = plain.Norm(plain.Conv(PlainMap.Of(photo), "conv1", 9, 1), "in1", relu: true);
        map = plain.Norm(plain.Conv(map, "conv2", 3, 2), "in2", relu: true);
        map = plain.Norm(plain.Conv(map, "conv3", 3, 2), "in3", relu: true);
        foreach (string block in (string[])["res1", "res2"])
        {
            PlainMap inner = plain.Norm(plain.Conv(map, $"{block}.conv1", 3, 1), $"{block}.in1", relu: true);
            map = map.Plus(plain.Norm(plain.Conv(inner, $"{block}.conv2", 3, 1), $"{block}.in2", relu: false));
        }

        map = plain.Norm(plain.Conv(map.Doubled(), "deconv1", 3, 1), "in4", relu: true);
        map = plain.Norm(plain.Conv(map.Doubled(), "deconv2", 3, 1), "in5", relu: true);
        map = plain.Conv(map, "deconv3", 9, 1);
        using CpuBackend backend = CpuBackend.Create();
        using StyleNetwork network = StyleNetwork.Load(Path, new LoadOptions { Backend = backend });
        PixelImage result = network.Apply(photo);
        for (int i = 0; i < result.Bytes.Length; i++)
        {
            int pixel = i / 3;
            double expected = Math.Clamp(map[i % 3, pixel / width, pixel % width], 0, 255);
            Assert.True(Math.Abs(result.Bytes[i] - expected) <= 0.51, $"byte {i}: {result.Bytes[i]}, not {expected}");
        }
    }

    [Fact]
    public void AnotherTensorIsNamed()
    {
        List<TorchFile.Entry> entries = Entries("", hasRunningStatistics: false);
        entries.Add(new TorchFile.Entry("res9.extra.weight", [1], [0]));
        Assert.Contains("'res9.extra.weight'", Refused(entries), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingTensorIsNamed()
    {
        List<TorchFile.Entry> entries = Entries("", hasRunningStatistics: false);
        entries.RemoveAll(entry => entry.Name == "res2.in2.bias");
        Assert.Contains("res2.in2.bias", Refused(entries), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNetworkOfPyTorchIsRefused()
    {
        TorchFile.Entry[] entries = [new("features.0.weight", [2, 3, 3, 3], new float[54]), new("features.0.bias", [2], [0, 0])];
        Assert.Contains("fast_neural_style", Refused(entries), StringComparison.Ordinal);
        Assert.False(StyleNetworkModel.IsNetwork(Path));
    }

    private string Refused(IReadOnlyList<TorchFile.Entry> entries)
    {
        File.WriteAllBytes(Path, TorchFile.Zip(entries));
        return Assert.Throws<WeightsFormatException>(() => StyleNetworkModel.Load(Path)).Message;
    }

    private static float[] Data(IReadOnlyList<TorchFile.Entry> entries, string name) => entries.Single(entry => entry.Name == name).Data;

    private static List<TorchFile.Entry> Entries(string prefix, bool hasRunningStatistics)
    {
        List<TorchFile.Entry> entries = [];
        int seed = 1;
        foreach ((string convolution, string? normalization, int outs, int ins, int kernel) in Parts)
        {
            ConvolutionWeights own = SmallStyleNetworks.Convolution(
                convolution, outs, ins, kernel, seed++, bias: normalization is null ? 128 : 0);
            // The last layer gives bytes.
            float gain = normalization is null ? 40 : 1;
            entries.Add(new($"{prefix}{convolution}.conv2d.weight", [outs, ins, kernel, kernel],
                [.. own.Weights.ToArray().Select(weight => gain * weight)]));
            entries.Add(new($"{prefix}{convolution}.conv2d.bias", [outs], own.Bias.ToArray()));
            if (normalization is null)
                continue;
            entries.Add(new($"{prefix}{normalization}.weight", [outs], [.. Samples.Numbers(outs, seed++).Select(own => own + 1.5f)]));
            entries.Add(new($"{prefix}{normalization}.bias", [outs], Samples.Numbers(outs, seed++)));
            if (!hasRunningStatistics)
                continue;
            entries.Add(new($"{prefix}{normalization}.running_mean", [outs], Samples.Numbers(outs, seed++)));
            entries.Add(new($"{prefix}{normalization}.running_var", [outs], Samples.Numbers(outs, seed++)));
        }

        return entries;
    }
}
