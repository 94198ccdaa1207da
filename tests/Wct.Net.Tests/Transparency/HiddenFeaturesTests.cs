using Wct.Net.Models;
using Wct.Net.Tests.Regions;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transparency;

/// <summary>Hidden colors change no byte of the result, with any option.</summary>
public class HiddenFeaturesTests
{
    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly Dictionary<string, StylizeOptions> Cases = new()
    {
        ["adain"] = new() { Transform = FeatureTransform.AdaIn },
        ["ot"] = new() { Transform = FeatureTransform.OptimalTransport },
        ["whiten"] = new() { Transform = FeatureTransform.Whitening },
        ["swap"] = new() { Transform = FeatureTransform.StyleSwap },
        ["swap-raw"] = new() { Transform = FeatureTransform.RawStyleSwap },
        ["linear"] = new() { PreserveColor = ColorPreservation.Linear },
        ["histogram"] = new() { PreserveColor = ColorPreservation.Histogram },
        ["luminance"] = new() { PreserveColor = ColorPreservation.Luminance },
        ["photo"] = new() { Photo = new PhotoOptions { Radius = 6 } },
        ["scale"] = new() { StyleScale = 0.7 },
        ["passes"] = new() { Passes = 2 },
        ["all"] = new()
        {
            Transform = FeatureTransform.StyleSwap,
            PreserveColor = ColorPreservation.Linear with { Strength = 0.8 },
            StyleScale = 1.3,
            Photo = new PhotoOptions(),
            Levels = [3, new LevelOptions(1) { Transform = FeatureTransform.AdaIn, Strength = 0.4 }],
        },
    };

    public static TheoryData<string, PixelLayout> Names => new(Cases.Keys.SelectMany(
        _ => (PixelLayout[])[PixelLayout.Rgba32, PixelLayout.BgraPremultiplied], (name, layout) => (name, layout)));

    [Theory]
    [MemberData(nameof(Names))]
    public void HiddenColorsChangeNothing(string name, PixelLayout layout)
    {
        StylizeOptions options = Cases[name];
        using StyleTransfer transfer = new(Model);
        PixelImage content = Cutout.Ellipse(61, 47, layout), painting = Cutout.Holes(50, 40, 4, layout);
        byte[] expected = transfer.Stylize(content, painting, options).Bytes;
        Assert.True(expected.Distinct().Count() > 32);
        PixelImage content2 = Cutout.Recolored(content, 1), painting2 = Cutout.Recolored(painting, 2);
        Assert.NotEqual(content.Bytes, content2.Bytes);
        Assert.Equal(expected, transfer.Stylize(content2, painting, options).Bytes);
        Assert.Equal(expected, transfer.Stylize(content, painting2, options).Bytes);

        // The same with a style that is measured by itself, and rows.
        Rows result = new();
        PreparedStyle style = transfer.PrepareStyle(new Rows(painting2), null, PictureColors.Of(new Rows(content2)), options);
        transfer.Stylize(new Rows(content2), style, result, options);
        Assert.Equal(expected, result.Written);
    }

    [Theory]
    [InlineData("wct")]
    [InlineData("swap")]
    public void HiddenColorsChangeNoRegion(string name)
    {
        StylizeOptions options = new()
        {
            Transform = FeatureTransform.Named(name),
            PreserveColor = ColorPreservation.Luminance with { Strength = 0.5 },
            Photo = new PhotoOptions(),
        };
        using StyleTransfer transfer = new(Model);
        PixelImage content = Cutout.Ellipse(61, 47), painting = Cutout.Holes(50, 40, 4);
        StyleMask mask = Masks.Of(61, 47, (x, y) => x < 30 ? 255 : 0).Feather(4), own = Masks.Of(50, 40, (x, y) => 5 * x);
        byte[] Run(PixelImage photo, PixelImage style) => transfer.Stylize(
            photo,
            [
                new StyleRegion(mask, transfer.PrepareStyle(style, own, null, options)),
                new StyleRegion(
                    Masks.Rest(mask),
                    PreparedStyle.Mix([(transfer.PrepareStyle(style, options), 1), (transfer.PrepareStyle(photo, options), 1)])),
            ],
            options).Bytes;
        byte[] expected = Run(content, painting);
        Assert.Equal(expected, Run(Cutout.Recolored(content, 1), painting));
        Assert.Equal(expected, Run(content, Cutout.Recolored(painting, 2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HiddenColorsChangeNoTexture(bool tileable)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage painting = Cutout.Holes(50, 40, 4);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.WhiteningColoring, FeatureTransform.StyleSwap])
        {
            byte[] Run(PixelImage style) => transfer.Synthesize(
                transfer.PrepareStyle(style, new StylizeOptions { Transform = transform }), 48, 32,
                new TextureOptions { Transform = transform, Tileable = tileable, Passes = 1 }).Bytes;
            Assert.Equal(Run(painting), Run(Cutout.Recolored(painting, 2)));
        }
    }

    // In tiles, where all that is read back are the kept bytes.
    [Fact]
    public void HiddenColorsChangeNothingInTiles()
    {
        using StyleTransfer transfer = new(RandomModel.Create([8, 16, 24], seed: 2), new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage content = Cutout.Ellipse(337, 271), painting = Cutout.Holes(301, 260, 4);
        StyleMask mask = Masks.Of(337, 271, (x, y) => x < 200 ? 255 : 100);
        StylizeOptions options = new()
        {
            Levels = [3],
            PreserveColor = ColorPreservation.Linear,
            Photo = new PhotoOptions { Radius = 3 },
            Transform = FeatureTransform.RawStyleSwap,
        };
        byte[] Run(PixelImage photo, PixelImage style)
        {
            PictureColors colors = PictureColors.Of(photo);
            long least = StylizeMethods.Least(() => transfer.PrepareStyle(style, null, colors, options with { MaxMemory = 1 }));
            PreparedStyle prepared = transfer.PrepareStyle(style, null, colors, options with { MaxMemory = least });
            StyleRegion[] regions = [new(mask, prepared)];
            least = StylizeMethods.Least(() => transfer.Stylize(photo, regions, options with { MaxMemory = 1 }));
            return transfer.Stylize(photo, regions, options with { MaxMemory = least }).Bytes;
        }

        byte[] expected = Run(content, painting);
        Assert.Equal(expected, Run(Cutout.Recolored(content, 1), Cutout.Recolored(painting, 2)));
    }
}
