using Wct.Kernels.Gpu;
using Wct.Net.Models;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Pipeline.Tiling;

/// <summary>Every transform and every option gives the same picture in tiles, and the minimum budget that an error names is
/// enough.</summary>
public class TiledRunsTests
{
    private const int Width = 337, Height = 271;

    // With fewer channels, the maps would be so small that whole pictures fit into the runtime's share.
    private static readonly WctModel Model = RandomModel.Create([8, 16, 24], seed: 2);

    private static readonly PixelImage Content = Pictures.Textured(Width, Height), Painting = Pictures.Textured(60, 50, 2),
        Other = Pictures.Textured(47, 70, 5);

    private static readonly Dictionary<string, Func<Setting, Run>> Cases = new()
    {
        ["wct"] = setting => One(setting, FeatureTransform.WhiteningColoring),
        ["adain"] = setting => One(setting, FeatureTransform.AdaIn),
        ["ot"] = setting => One(setting, FeatureTransform.OptimalTransport),
        ["whiten"] = setting => One(setting, FeatureTransform.Whitening),
        ["swap"] = setting => One(setting, FeatureTransform.StyleSwap),
        ["swap-raw"] = setting => One(setting, FeatureTransform.RawStyleSwap),
        ["mixture"] = setting => Mixture(setting, FeatureTransform.WhiteningColoring, StyleMixing.Features),
        ["mixture of swaps"] = setting => Mixture(setting, FeatureTransform.StyleSwap, StyleMixing.Features),
        ["mixture of covariances"] = setting => Mixture(setting, FeatureTransform.OptimalTransport, StyleMixing.Covariance),
        ["masks"] = setting => Masks(setting, FeatureTransform.WhiteningColoring),
        ["masks and swap"] = setting => Masks(setting, FeatureTransform.StyleSwap),
        ["photo"] = setting => One(setting, new StylizeOptions { Photo = new PhotoOptions { Radius = 5 } }),
        ["photo and luminance"] = setting =>
            One(setting, new StylizeOptions { Photo = new PhotoOptions(), PreserveColor = ColorPreservation.Luminance }),
        ["luminance"] = setting => One(setting, new StylizeOptions { PreserveColor = ColorPreservation.Luminance with { Strength = 0.7 } }),
        ["linear"] = setting => One(setting, new StylizeOptions { PreserveColor = ColorPreservation.Linear }),
        ["histogram"] = setting => One(setting, new StylizeOptions { PreserveColor = ColorPreservation.Histogram }),
        ["texture"] = setting => Texture(setting, FeatureTransform.WhiteningColoring, tileable: false),
        ["tileable"] = setting => Texture(setting, FeatureTransform.WhiteningColoring, tileable: true),
        ["tileable swap"] = setting => Texture(setting, FeatureTransform.StyleSwap, tileable: true),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TilesGiveTheWholePicture(string name)
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });
        Run run = Cases[name](new Setting(transfer, [3, 1]));
        RecordedProgress<StylizeProgress> whole = new(), tiled = new();
        byte[] expected = run(null, whole);
        Assert.True(expected.Distinct().Count() > 64);
        long least = StylizeMethods.Least(() => run(1, null));
        byte[] actual = run(least, tiled);
        Assert.True(tiled.Reports.Count > whole.Reports.Count, $"{tiled.Reports.Count} steps, {whole.Reports.Count} whole");
        Check(name, expected, actual);
    }

    // What a device holds is counted, so the budget can be compared with it.
    [Theory]
    [MemberData(nameof(Names))]
    public void ADeviceNeedsNoMoreThanTheMinimumSays(string name)
    {
        var backend = (GpuBackend)Golden.TestDevice.Open("opencl");
        List<string> warnings = [];
        using StyleTransfer transfer = new(Model, backend, warnings.Add);
        Run run = Cases[name](new Setting(transfer, [3]));
        byte[] expected = run(null, null);
        long least = StylizeMethods.Least(() => run(1, null));
        backend.FreeCachedBuffers();
        backend.MemoryLimit = least;
        Check(name, expected, run(least, null));
        Assert.Empty(warnings);
    }

    // Style swap uses the most similar patch. Where two are equally similar up to rounding, tiles may use the other one.
    private static void Check(string name, byte[] expected, byte[] actual)
    {
        if (!name.Contains("swap", StringComparison.Ordinal))
        {
            StylizeMethods.Near(expected, actual);
            return;
        }

        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Count(pair => Math.Abs(pair.First - pair.Second) > 1), 0, expected.Length / 200);
    }

    private static Run One(Setting setting, FeatureTransform transform) =>
        One(setting, new StylizeOptions { Transform = transform });

    private static Run One(Setting setting, StylizeOptions options)
    {
        options = options with { Levels = LevelOptions.Of(setting.Levels), Strength = 0.8 };
        PreparedStyle style = setting.Transfer.PrepareStyle(Painting, null, PictureColors.Of(Content), options);
        return (budget, progress) => setting.Transfer.Stylize(Content, style, options with { MaxMemory = budget }, progress).Bytes;
    }

    private static Run Mixture(Setting setting, FeatureTransform transform, StyleMixing mixing)
    {
        StylizeOptions options = new() { Levels = LevelOptions.Of(setting.Levels), Transform = transform };
        PreparedStyle mixed = PreparedStyle.Mix(
            [(setting.Transfer.PrepareStyle(Painting, options), 2), (setting.Transfer.PrepareStyle(Other, options), 1)], mixing);
        return (budget, progress) => setting.Transfer.Stylize(Content, mixed, options with { MaxMemory = budget }, progress).Bytes;
    }

    private static Run Masks(Setting setting, FeatureTransform transform)
    {
        StylizeOptions options = new() { Levels = LevelOptions.Of(setting.Levels), Transform = transform };
        StyleMask left = new StyleMask(
            [.. Enumerable.Range(0, Width * Height).Select(i => i % Width < 130 ? (byte)255 : (byte)0)], Width, Height).Feather(9);
        StyleMask top = new([.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i / Width < 150 ? 200 : 0))], Width, Height);
        StyleRegion[] regions =
        [
            new(left, setting.Transfer.PrepareStyle(Painting, options)),
            new(top, setting.Transfer.PrepareStyle(Other, options)) { Strength = 0.4 },
        ];
        return (budget, progress) => setting.Transfer.Stylize(Content, regions, options with { MaxMemory = budget }, progress).Bytes;
    }

    private static Run Texture(Setting setting, FeatureTransform transform, bool tileable)
    {
        TextureOptions options = new()
        {
            Levels = LevelOptions.Of(setting.Levels),
            Transform = transform,
            Tileable = tileable,
            Passes = 1,
            Seed = 5,
            Strength = 0.9,
        };
        PreparedStyle style = setting.Transfer.PrepareStyle(
            Painting, new StylizeOptions { Levels = options.Levels, Transform = transform });
        return (budget, progress) => setting.Transfer.Synthesize(style, 336, 272, options with { MaxMemory = budget }, progress).Bytes;
    }

    private sealed record Setting(StyleTransfer Transfer, int[] Levels);

    private delegate byte[] Run(long? budget, IProgress<StylizeProgress>? progress);
}
