using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Golden;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;
using Wct.PtxInterpreter;

namespace Wct.Net.Tests.Transforms;

/// <summary>A custom transform runs like the library's own: whole, in tiles, from a style file, at any strength, on every
/// backend.</summary>
public class OwnTransformTests
{
    private const double Strength = 0.9;

    // With fewer channels, the maps would be so small that whole pictures fit into the runtime's share.
    private static readonly WctModel Model = RandomModel.Create([8, 16, 24], seed: 4);

    private static readonly StylizeOptions Options = new() { Levels = [3, 1], Strength = Strength, Transform = new Negate() };

    public static TheoryData<string> Devices =>
        ["reference", .. IsaSelection.Supported.Select(isa => $"cpu {isa}"), "opencl", "cuda", "ptx"];

    public static TheoryData<string> MethodDevices => ["reference", "cpu", "opencl", "cuda"];

    [Theory]
    [MemberData(nameof(Devices))]
    public void GivesWhatItsDefinitionGives(string device)
    {
        using StyleTransfer transfer = new(Model, Open(device));
        PixelImage photo = Pictures.Textured(32, 16), painting = Pictures.Textured(20, 18, 2);
        byte[] expected = ByHand(photo), actual = transfer.Stylize(photo, painting, Options).Bytes;
        Assert.True(expected.Distinct().Count() > 64);
        Transparency.StylizeMethods.Near(expected, actual);
        Assert.NotEqual(transfer.Stylize(photo, painting, Options with { Transform = FeatureTransform.WhiteningColoring }).Bytes, actual);

        // A style file gives the same result.
        using MemoryStream file = new();
        transfer.PrepareStyle(painting, Options).Save(file);
        file.Position = 0;
        Assert.Equal(actual, transfer.Stylize(photo, PreparedStyle.Load(file, Model), Options).Bytes);
    }

    [Theory]
    [MemberData(nameof(MethodDevices))]
    public void RunsThroughEveryMethodWholeAndInTiles(string device)
    {
        using StyleTransfer transfer = new(Model, Open(device));
        StylizeOptions options = device == "reference" ? Options with { Levels = [2] } : Options;
        Transparency.StylizeMethods.Check(transfer, Pictures.Textured(337, 271), Pictures.Textured(40, 30, 2), options);
    }

    [Fact]
    public void HiddenPixelsHaveNoEffect()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage cut = Cutout.Ellipse(61, 45), other = new([.. cut.Bytes], cut.Width, cut.Height, 0, cut.Layout);
        for (int i = 0; i < other.Bytes.Length; i += 4)
        {
            if (other.Bytes[i + 3] == 0)
                other.Bytes[i] ^= 0xFF;
        }

        PixelImage painting = Pictures.Textured(20, 18, 2);
        Assert.Equal(transfer.Stylize(cut, painting, Options).Bytes, transfer.Stylize(other, painting, Options).Bytes);
    }

    [Fact]
    public void FaultyMapsAreNamed()
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage photo = Pictures.Textured(20, 18);
        string Message(Func<FeatureMoments, AffineMap> map) => Assert.Throws<InvalidOperationException>(
            () => transfer.Stylize(photo, photo, Options with { Transform = new Given(map) })).Message;
        Assert.Equal("The transform gave no map; the features have 24 channels.", Message(_ => null!));
        Assert.Equal("The transform gave a map of 2 channels; the features have 24 channels.", Message(_ => AffineMap.Scale(1, [1, 2])));
        Assert.Throws<InvalidDataException>(() => transfer.Stylize(
            photo, photo, Options with { Transform = new Given(content => AffineMap.Scale(double.NaN, content.Mean)) }));
        Assert.Throws<ArgumentException>(() => transfer.Stylize(photo, photo, Options with { Transform = null! }));
    }

    // The memory of a picture's statistics is reused. A transform that keeps them must not read another picture's statistics.
    [Fact]
    public void StatisticsEndWithTheCall()
    {
        FeatureMoments? kept = null;
        AffineMap? first = null;
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage photo = Pictures.Textured(20, 18);
        transfer.Stylize(
            photo, photo, Options with { Levels = [2], Transform = new Given(content => AffineMap.Scale(1, (kept = content).Mean)) });
        Assert.Throws<ObjectDisposedException>(() => kept!.Mean.Length);

        // Maps with their own memory may be kept.
        StylizeOptions same = Options with { Levels = [2], Transform = new Given(content => first ??= AffineMap.Scale(-1, content.Mean)) };
        byte[] result = transfer.Stylize(photo, photo, same).Bytes;
        Assert.Equal(result, transfer.Stylize(photo, photo, same).Bytes);
    }

    private static Backend Open(string device) => device switch
    {
        "reference" => new ReferenceBackend(),
        "ptx" => new GpuBackend(InterpretedQueue.Device, new InterpretedQueue(), threads: 1, ConvolutionPrecision.Single),
        _ => TestDevice.Open(device),
    };

    // Computes y = α·(mean - (x - mean)) + (1 - α)·x in plain loops, between the reference backend's networks.
    private static byte[] ByHand(PixelImage photo)
    {
        using Backend backend = new ReferenceBackend();
        using Cascade cascade = new(backend, Model);
        Tensor image = backend.Allocate(new TensorShape(3, photo.Height, photo.Width));
        backend.LoadPixels(photo.Bytes, photo.Width, photo.Height, photo.Stride, PixelLayout.Rgb24, image);
        foreach (int level in Options.Levels!.Select(own => own.Level))
        {
            using Tensor features = cascade.EncoderOf(level).Run(image, [level])[0];
            float[] x = backend.Numbers(features);
            int pixels = (int)features.Shape.Pixels;
            for (int c = 0; c < features.Shape.Channels; c++)
            {
                double mean = x.Skip(c * pixels).Take(pixels).Average(value => (double)value);
                for (int i = c * pixels; i < (c + 1) * pixels; i++)
                    x[i] = (float)(Strength * (mean - (x[i] - mean)) + (1 - Strength) * x[i]);
            }

            backend.Write(x, features);
            image.Dispose();
            image = cascade.DecoderOf(level).Run(features, clamp: true);
        }

        byte[] bytes = new byte[photo.Bytes.Length];
        backend.StorePixels(image, bytes, photo.Width, photo.Height, photo.Stride, PixelLayout.Rgb24);
        image.Dispose();
        return bytes;
    }

    private sealed class Given(Func<FeatureMoments, AffineMap> map) : FeatureTransform
    {
        public override AffineMap Map(FeatureMoments content, StyleMoments style) => map(content);
    }
}
