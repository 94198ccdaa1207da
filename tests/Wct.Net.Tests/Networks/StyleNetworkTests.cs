using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;

namespace Wct.Net.Tests.Networks;

public sealed class StyleNetworkTests : IDisposable
{
    private readonly CpuBackend _backend = CpuBackend.Create();

    public void Dispose() => _backend.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(29, 1)]
    [InlineData(2, 3)]
    [InlineData(33, 27)]
    public void EverySizeWorksAndAgreesWithTheReference(int width, int height)
    {
        foreach (StyleNetworkModel model in (StyleNetworkModel[])[SmallStyleNetworks.Style(), SmallStyleNetworks.Upscale()])
        {
            PixelImage photo = Pictures.Textured(width, height);
            using ReferenceBackend reference = new();
            using StyleNetwork slow = new(model, new LoadOptions { Backend = reference });
            using StyleNetwork fast = Open(model);
            PixelImage expected = slow.Apply(photo), actual = fast.Apply(photo);
            Assert.Equal((width * model.Scale, height * model.Scale), (actual.Width, actual.Height));
            Near(expected, actual, 1);
        }
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameBytes()
    {
        PixelImage photo = Pictures.Textured(70, 50);
        byte[][] results = [.. ((int[])[1, 2, 5]).Select(threads =>
        {
            using StyleNetwork network = new(
                SmallStyleNetworks.Style(), new LoadOptions { Device = DeviceChoice.Cpu, Threads = threads });
            return network.Apply(photo).Bytes;
        })];
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void SeveralThreadsMayUseIt()
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Style());
        PixelImage[] photos = [.. Enumerable.Range(0, 6).Select(i => Pictures.Textured(20 + i, 30 - i, seed: i))];
        byte[][] expected = [.. photos.Select(photo => network.Apply(photo).Bytes)], actual = new byte[photos.Length][];
        Parallel.For(0, photos.Length, i => actual[i] = network.Apply(photos[i]).Bytes);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void TilesGiveTheSame()
    {
        StyleNetworkModel model = SmallStyleNetworks.Upscale();
        PixelImage photo = Pictures.Textured(301, 243);
        using StyleNetwork network = Open(model);
        PixelImage whole = network.Apply(photo);
        // The least budget: so little that it needs the smallest tiles.
        string message = Assert.Throws<ArgumentException>(() => network.Apply(photo, new StyleNetworkOptions { MaxMemory = 1 })).Message;
        long least = long.Parse(message.Split("needs ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        List<double> reports = [];
        PixelImage tiled = network.Apply(
            photo, new StyleNetworkOptions { MaxMemory = least }, new CallbackProgress<double>(reports.Add));
        Near(whole, tiled, 1);
        // As many reports as layers, times tiles.
        Assert.True(reports.Count > 8 * 20, $"{reports.Count} reports");
        Assert.Equal(1, reports[^1], 1e-9);
    }

    [Fact]
    public void ANetworkThatNeedsTheWholePictureSaysWhatMemoryItNeeds()
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Style());
        string message = Assert.Throws<ArgumentException>(
            () => network.Apply(Pictures.Textured(400, 300), new StyleNetworkOptions { MaxMemory = 1_000_000 })).Message;
        Assert.Contains("The budget is 1000000 bytes of memory; the network needs ", message, StringComparison.Ordinal);
        Assert.Contains("for 400x300 pixels. The network can't run in tiles: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void AlphaIsKeptAndHiddenColorsHaveNoEffect()
    {
        foreach (StyleNetworkModel model in (StyleNetworkModel[])[SmallStyleNetworks.Style(), SmallStyleNetworks.Upscale()])
        {
            using StyleNetwork network = Open(model);
            PixelImage photo = Pictures.Textured(31, 23, format: PixelLayout.Rgba32);
            PixelImage other = Pictures.Textured(31, 23, format: PixelLayout.Rgba32);
            for (int i = 3; i < photo.Bytes.Length; i += 4)
            {
                bool hidden = i / 4 % 31 < 9;
                photo.Bytes[i] = other.Bytes[i] = hidden ? (byte)0 : (byte)255;
                if (hidden)
                    other.Bytes.AsSpan(i - 3, 3).Fill(77);
            }

            PixelImage result = network.Apply(photo);
            Assert.Equal(PixelLayout.Rgba32, result.Layout);
            Assert.Equal(result.Bytes, network.Apply(other).Bytes);
            Assert.Equal(0, result.Bytes[3]);
            Assert.Equal(255, result.Bytes[^1]);
        }
    }

    [Fact]
    public void LayoutsAndRowsGiveTheSameColors()
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Style());
        PixelImage rgb = Pictures.Textured(26, 19), bgr = new(26, 19, PixelLayout.Bgra32);
        for (int i = 0; i < 26 * 19; i++)
        {
            for (int c = 0; c < 3; c++)
                bgr.Bytes[4 * i + 2 - c] = rgb.Bytes[3 * i + c];
            bgr.Bytes[4 * i + 3] = 255;
        }

        PixelImage expected = network.Apply(rgb), actual = network.Apply(bgr);
        for (int i = 0; i < 26 * 19; i++)
            Assert.Equal((expected.Bytes[3 * i], expected.Bytes[3 * i + 2]), (actual.Bytes[4 * i + 2], actual.Bytes[4 * i]));
        PixelImage written = new(26, 19);
        network.Apply(new ImageReader(rgb), new ImageWriter(written));
        Assert.Equal(expected.Bytes, written.Bytes);
    }

    [Fact]
    public void StyleWeightsMixScalesAndShifts()
    {
        StyleNetworkModel both = SmallStyleNetworks.Style(styles: 2);
        PixelImage photo = Pictures.Textured(30, 22);
        using StyleNetwork network = Open(both);
        foreach (double[] weights in (double[][])[[1, 0], [0, 1], [0.3, 0.7]])
        {
            StyleNetworkModel single = new(
                StyleNetworkKind.Style, both.Table,
                new NetworkWeights(both.Weights.Convolutions, both.Weights.Normalizations.Select(own => Mixed(own, weights))),
                both.Conventions);
            using StyleNetwork expected = Open(single);
            // Only the ratio of the weights matters.
            double[] given = [.. weights.Select(weight => 4 * weight)];
            Near(expected.Apply(photo), network.Apply(photo, new StyleNetworkOptions { StyleWeights = given }), 1);
        }

        Assert.Equal(network.Apply(photo).Bytes, network.Apply(photo, new StyleNetworkOptions { StyleWeights = [1, 0] }).Bytes);
        Assert.NotEqual(network.Apply(photo).Bytes, network.Apply(photo, new StyleNetworkOptions { StyleWeights = [0, 1] }).Bytes);
    }

    [Theory]
    [InlineData("There are 1 style weights, the network has 2 styles.", new[] { 1.0 })]
    [InlineData("The style weights are 0, 0;", new[] { 0.0, 0.0 })]
    [InlineData("The style weights are 1, -1;", new[] { 1.0, -1.0 })]
    public void WrongStyleWeightsAreNamed(string message, double[] weights)
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Style(styles: 2));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => network.Apply(
            Pictures.Textured(5, 5), new StyleNetworkOptions { StyleWeights = weights })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 48)]
    [InlineData(61, 45)]
    [InlineData(1, 1)]
    public void TexturesHaveTheirSizeAndDependOnTheSeed(int width, int height)
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Texture());
        PixelImage first = network.Synthesize(width, height), again = network.Synthesize(width, height);
        Assert.Equal((width, height, PixelLayout.Rgb24), (first.Width, first.Height, first.Layout));
        Assert.Equal(first.Bytes, again.Bytes);
        if (width == 1)
            return;
        Assert.NotEqual(first.Bytes, network.Synthesize(width, height, new StyleNetworkOptions { Seed = 1 }).Bytes);
        Assert.NotEqual(first.Bytes, network.Synthesize(width, height, new StyleNetworkOptions { NoiseScale = 0.5 }).Bytes);
        using ReferenceBackend reference = new();
        using StyleNetwork slow = new(SmallStyleNetworks.Texture(), new LoadOptions { Backend = reference });
        Near(slow.Synthesize(width, height), first, 1);
    }

    [Fact]
    public void ANetworkOfAnotherKindIsRefused()
    {
        using StyleNetwork texture = Open(SmallStyleNetworks.Texture()), style = Open(SmallStyleNetworks.Style());
        Assert.Contains("Synthesize", Assert.Throws<InvalidOperationException>(
            () => texture.Apply(Pictures.Textured(4, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("Apply", Assert.Throws<InvalidOperationException>(() => style.Synthesize(4, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => texture.Synthesize(0, 4));
        Assert.Throws<ArgumentException>(() => texture.Synthesize(4, 4, new StyleNetworkOptions { NoiseScale = double.NaN }));
    }

    [Fact]
    public void CancelingEndsTheCallAndFreesItsMemory()
    {
        using StyleNetwork network = Open(SmallStyleNetworks.Style());
        using CancellationTokenSource cancellation = new();
        int reports = 0;
        Assert.Throws<OperationCanceledException>(() => network.Apply(
            Pictures.Textured(40, 40), progress: new CallbackProgress<double>(_ =>
            {
                if (++reports == 3)
                    cancellation.Cancel();
            }),
            cancellationToken: cancellation.Token));
        Assert.Equal(3, reports);
        Assert.Equal(40, network.Apply(Pictures.Textured(40, 40)).Width);
    }

    [Fact]
    public void NumbersThatAreTooLargeAreAnError()
    {
        StyleNetworkModel model = SmallStyleNetworks.Upscale();
        ConvolutionWeights last = model.Weights.Convolution("out");
        float[] huge = [.. last.Weights.ToArray().Select(_ => 3e38f)];
        ConvolutionWeights other = new("out", last.OutChannels, last.InChannels, last.KernelSize, huge, last.Bias.ToArray());
        StyleNetworkModel broken = new(
            model.Kind, model.Table,
            new NetworkWeights([.. model.Weights.Convolutions.Where(own => own.Name != "out"), other], model.Weights.Normalizations));
        using StyleNetwork network = Open(broken);
        Assert.Throws<InvalidDataException>(() => network.Apply(Pictures.Textured(16, 16)));
    }

    [Fact]
    public void ADisposedNetworkRefusesCalls()
    {
        StyleNetwork network = Open(SmallStyleNetworks.Style());
        network.Dispose();
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Apply(Pictures.Textured(4, 4)));
    }

    private static NormalizationWeights Mixed(NormalizationWeights own, double[] weights)
    {
        float[] scale = new float[own.Channels], shift = new float[own.Channels];
        for (int i = 0; i < scale.Length; i++)
        {
            for (int s = 0; s < weights.Length; s++)
            {
                scale[i] += (float)(weights[s] * own.Scale.Span[s * own.Channels + i]);
                shift[i] += (float)(weights[s] * own.Shift.Span[s * own.Channels + i]);
            }
        }

        return new NormalizationWeights(own.Name, 1, own.Channels, scale, shift);
    }

    private StyleNetwork Open(StyleNetworkModel model) => new(model, new LoadOptions { Backend = _backend });

    private static void Near(PixelImage expected, PixelImage actual, int most)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (actual.Width, actual.Height, actual.Layout));
        for (int i = 0; i < actual.Bytes.Length; i++)
            Assert.True(Math.Abs(expected.Bytes[i] - actual.Bytes[i]) <= most, $"byte {i}: {actual.Bytes[i]}, not {expected.Bytes[i]}");
    }
}
