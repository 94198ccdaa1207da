using Wct.Kernels;
using Wct.Kernels.Gpu;
using Wct.Net.Models;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Pipeline.Tiling;

/// <summary>A style that is measured in tiles, with a mask, with other colors or with features, has the numbers of the whole
/// style.</summary>
public class TiledStylesTests
{
    private const int Width = 301, Height = 260;

    private static readonly WctModel Model = RandomModel.Create([8, 16, 24], seed: 2);

    private static readonly PixelImage Content = Pictures.Textured(40, 30, 7);

    private static readonly Dictionary<string, (PixelLayout Layout, StyleMask? Mask, StylizeOptions Options)> Cases = new()
    {
        ["swap"] = (PixelLayout.Rgb24, null, new() { Transform = FeatureTransform.StyleSwap }),
        ["mask"] = (PixelLayout.Rgb24, Mask(), new() { Transform = FeatureTransform.RawStyleSwap }),
        ["linear"] = (PixelLayout.Rgb24, null, new() { PreserveColor = ColorPreservation.Linear }),
        ["histogram"] = (PixelLayout.Rgb24, Mask(), new() { PreserveColor = ColorPreservation.Histogram }),
        ["hidden"] = (
            PixelLayout.Rgba32, Mask(), new() { Transform = FeatureTransform.StyleSwap, PreserveColor = ColorPreservation.Linear }),
    };

    public static TheoryData<string, string> Names =>
        new(Cases.Keys.SelectMany(name => (string[])["cpu", "opencl"], (name, device) => (device, name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void TilesGiveTheNumbersOfTheWholeStyle(string device, string name)
    {
        (PixelLayout layout, StyleMask? mask, StylizeOptions options) = Cases[name];
        options = options with { Levels = [3, 2] };
        PixelImage painting = layout == PixelLayout.Rgba32 ? Cutout.Holes(Width, Height, 3) : Pictures.Textured(Width, Height, 3);
        PictureColors colors = PictureColors.Of(Content);
        Backend backend = EveryBackend.Open(device);
        List<string> warnings = [];
        using StyleTransfer transfer = new(Model, backend, warnings.Add);
        PreparedStyle whole = transfer.PrepareStyle(painting, mask, colors, options);
        Same(whole, transfer.PrepareStyle(new Rows(painting), mask, colors, options));
        long least = StylizeMethods.Least(() => transfer.PrepareStyle(painting, mask, colors, options with { MaxMemory = 1 }));
        backend.FreeCachedBuffers();
        if (backend is GpuBackend gpu)
            gpu.MemoryLimit = least;
        Same(whole, transfer.PrepareStyle(painting, mask, colors, options with { MaxMemory = least }));
        Same(whole, transfer.PrepareStyle(new Rows(painting), mask, colors, options with { MaxMemory = least }));
        Assert.Empty(warnings);
    }

    private static void Same(PreparedStyle whole, PreparedStyle tiled)
    {
        Assert.Equal(whole.IsRecolored, tiled.IsRecolored);
        foreach (int level in whole.Levels)
        {
            StyleMoments expected = whole.Moments[level], actual = tiled.Moments[level];
            Accuracy.Check("mean", 1e-11, expected.Mean, actual.Mean);
            Accuracy.Check("covariance", 1e-10, expected.Covariance, actual.Covariance);
            Assert.Equal(expected.Features is null, actual.Features is null);
            if (expected.Features is null)
                continue;
            Accuracy.Check("features", 1e-10, expected.Features.Values, actual.Features!.Values);
            Assert.Equal(expected.Features.Shares, actual.Features.Shares);
        }
    }

    private static StyleMask Mask() => new StyleMask(
        [.. Enumerable.Range(0, Width * Height).Select(i => i % Width > 100 && i / Width < 200 ? (byte)255 : (byte)0)], Width, Height)
        .Feather(20);
}
