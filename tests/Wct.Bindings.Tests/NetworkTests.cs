extern alias managed;

using Managed = managed::Wct.Net;
using Models = managed::Wct.Net.Models;
using Layers = managed::Wct.Net.Models.Layers;

namespace Wct.Bindings.Tests;

/// <summary>Tests that feed-forward networks give the colors of Wct.Net.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NetworkTests() => NativeLibrary.Need();

    private string Path => _folder.File("network.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APhotoGivesTheManagedLibrarysColors()
    {
        Models.StyleNetworkModel model = Model(Models.StyleNetworkKind.Style, ["night", "day"]);
        using StyleNetwork network = Open(model);
        Assert.Equal((StyleNetworkKind.Style, 1, 2), (network.Kind, network.Scale, network.StyleCount));
        Assert.Equal(["night", "day"], network.Styles);
        Wct.PixelImage photo = Pictures.Textured(21, 17);
        List<double> reports = [];
        PixelImage actual = network.Apply(
            new Pixels(photo.Bytes, photo.Width, photo.Height), new StyleNetworkOptions { StyleWeights = [1, 3] },
            new CallbackProgress<double>(reports.Add));
        using Managed.StyleNetwork twin = new(model, new Managed.LoadOptions { Device = Managed.DeviceChoice.Cpu });
        Near(twin.Apply(photo, new Managed.StyleNetworkOptions { StyleWeights = [0.25, 0.75] }).Bytes, actual.Bytes);
        Assert.Equal(1, reports[^1], 1e-9);
    }

    [Fact]
    public void ATextureGivesTheManagedLibrarysColors()
    {
        Models.StyleNetworkModel model = Model(Models.StyleNetworkKind.Texture, null);
        using StyleNetwork network = Open(model);
        using Managed.StyleNetwork twin = new(model, new Managed.LoadOptions { Device = Managed.DeviceChoice.Cpu });
        Near(
            twin.Synthesize(19, 8, new Managed.StyleNetworkOptions { Seed = 5, NoiseScale = 0.5 }).Bytes,
            network.Synthesize(19, 8, new StyleNetworkOptions { Seed = 5, NoiseScale = 0.5 }).Bytes);
        Assert.Contains("Synthesize", Assert.Throws<ArgumentException>(
            () => network.Apply(new Pixels(new byte[12], 2, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailuresAreExceptions()
    {
        Models.StyleNetworkModel model = Model(Models.StyleNetworkKind.Style, null);
        StyleNetwork network = Open(model);
        Pixels photo = new(new byte[300], 10, 10);
        Assert.Throws<ArgumentException>(
            () => network.Apply(new Pixels(new byte[300], 10, 10), new StyleNetworkOptions { StyleWeights = [] }));
        Assert.Throws<OperationCanceledException>(
            () => network.Apply(new Pixels(new byte[300], 10, 10), cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<InvalidDataException>(() => network.Apply(
            new Pixels(new byte[300], 10, 10), progress: new CallbackProgress<double>(_ => throw new InvalidDataException("mine"))));
        Assert.Equal(10, network.Apply(photo).Width);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Apply(new Pixels(new byte[300], 10, 10)));
        File.WriteAllText(Path, "no network");
        Assert.Throws<WeightsFormatException>(() => StyleNetwork.Load(Path));
        Assert.Throws<WeightsFormatException>(() => StyleNetwork.Load(File.ReadAllBytes(Path)));
        Assert.Throws<IOException>(() => StyleNetwork.Load(_folder.File("none.safetensors")));
    }

    private StyleNetwork Open(Models.StyleNetworkModel model)
    {
        model.Save(Path);
        return StyleNetwork.Load(File.ReadAllBytes(Path), new LoadOptions { Device = "cpu" });
    }

    private static Models.StyleNetworkModel Model(Models.StyleNetworkKind kind, string[]? styles)
    {
        int count = styles?.Length ?? 1;
        float[] weights = [.. Samples.Numbers(4 * 3 * 9, 1).Select(number => 0.3f * number)];
        return new Models.StyleNetworkModel(
            kind,
            new Models.NetworkTable("image",
            [
                new Layers.ConvolutionLayer("first", "image"), new Layers.InstanceNormalizationLayer("norm", "first"),
                new Layers.ConvolutionLayer("last", "norm"),
            ]),
            new Models.NetworkWeights(
                [
                    new Models.ConvolutionWeights("first", 4, 3, 3, weights, new float[4]),
                    new Models.ConvolutionWeights("last", 3, 4, 1, [.. weights.Take(12)], [0.5f, 0.5f, 0.5f]),
                ],
                [new Models.NormalizationWeights("norm", count, 4, Samples.Numbers(4 * count, 2), Samples.Numbers(4 * count, 3))]),
            styles: styles);
    }

    // The library may use another vector width, which rounds differently.
    private static void Near(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1, $"byte {i}: {actual[i]}, not {expected[i]}");
    }
}
