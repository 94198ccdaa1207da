using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Tests.Transforms;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Regions;

/// <summary>Regions of a picture with a style each.</summary>
public class RegionTests
{
    private const int Width = 44, Height = 36, Level = 3;

    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly PixelImage Content = Pictures.Textured(Width, Height), Painting = Pictures.Textured(40, 30, 2),
        Other = Pictures.Textured(33, 40, 5);

    private static readonly StylizeOptions Options = new() { Levels = [Level], Strength = 0.8 };

    public static TheoryData<string> Devices => [.. EveryBackend.Names];

    public static TheoryData<string> Transforms => [.. FeatureTransform.All.Select(transform => transform.Name!)];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void AFullMaskGivesTheBytesOfNoMask(string name)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options);
        byte[] expected = transfer.Stylize(Content, style, options).Bytes;
        StyleMask full = Masks.Even(Width, Height, 255);
        Assert.Equal(expected, transfer.Stylize(Content, [new StyleRegion(full, style)], options).Bytes);
        Assert.Equal(expected, transfer.Stylize(Content, [new StyleRegion(null, style)], options).Bytes);
        StyleRegion region = new(full, style) { Strength = options.Strength };
        Assert.Equal(expected, transfer.Stylize(Content, [region], options with { Strength = 0.1 }).Bytes);

        // A full mask of the style is none either.
        PreparedStyle masked = transfer.PrepareStyle(Painting, Masks.Even(40, 30, 255), null, options);
        Assert.Equal(expected, transfer.Stylize(Content, masked, options).Bytes);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void ComplementaryRegionsHaveTheirOwnStatistics(string device)
    {
        using Backend backend = EveryBackend.Open(device);
        PlainRegions plain = new(backend, Model, Level);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        PreparedStyle style = transfer.PrepareStyle(Painting, Options);
        StyleMask left = Masks.Of(Width, Height, (x, _) => x < 20 ? 255 : 0);
        StyleRegion[] regions = [new(left, style), new(Masks.Rest(left), style)];
        byte[] actual = transfer.Stylize(Content, regions, Options).Bytes;
        StylizeMethods.Near(plain.Run(Content, Options.Transform, (regions[0], 0.8), (regions[1], 0.8)), actual);
        Assert.True(Differences(transfer.Stylize(Content, style, Options).Bytes, actual) > 100);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void SoftRegionsFollowTheirDefinition(string name)
    {
        using Backend backend = EveryBackend.Open("cpu");
        PlainRegions plain = new(backend, Model, Level);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        StylizeOptions options = Options with { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options), other = transfer.PrepareStyle(Other, options);
        StyleRegion[] regions =
        [
            // In the middle the masks add up to more than 1, and at the bottom nothing is covered.
            new(Masks.Of(Width, Height, (x, y) => y < 30 ? Math.Clamp(8 * x, 0, 255) : 0), style),
            new(Masks.Of(Width, Height, (x, y) => y < 24 ? 230 - 3 * x : 0), other) { Strength = 0.5 },
        ];
        byte[] expected = plain.Run(Content, options.Transform, (regions[0], 0.8), (regions[1], 0.5));
        Assert.True(expected.Distinct().Count() > 64);
        StylizeMethods.Near(expected, transfer.Stylize(Content, regions, options).Bytes);
    }

    // Features that are larger than the processor's cache are mixed strip by strip.
    [Theory]
    [InlineData("cpu")]
    [InlineData("opencl")]
    public void LargeRegionsFollowTheirDefinition(string device)
    {
        const int Side = 250;
        using Backend backend = EveryBackend.Open(device);
        PlainRegions plain = new(backend, Model, level: 1);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        StylizeOptions options = Options with { Levels = [1] };
        PixelImage content = Pictures.Textured(Side, Side);
        StyleRegion[] regions =
        [
            new(Masks.Of(Side, Side, (x, y) => x), transfer.PrepareStyle(Painting, options)),
            new(Masks.Of(Side, Side, (x, y) => y < 120 ? 200 : 0), transfer.PrepareStyle(Other, options)),
        ];
        byte[] expected = plain.Run(content, options.Transform, (regions[0], 0.8), (regions[1], 0.8));
        StylizeMethods.Near(expected, transfer.Stylize(content, regions, options).Bytes);
    }

    [Theory]
    [InlineData("wct")]
    [InlineData("swap")]
    public void HiddenPixelsCountInNoRegion(string name)
    {
        using Backend backend = EveryBackend.Open("cpu");
        PlainRegions plain = new(backend, Model, Level);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        StylizeOptions options = Options with { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options), other = transfer.PrepareStyle(Other, options);
        PixelImage content = Cutout.Ellipse(Width, Height);
        StyleMask mask = Masks.Of(Width, Height, (x, y) => x + y < 40 ? 255 : 0).Feather(3);
        StyleRegion[] regions = [new(mask, style), new(Masks.Rest(mask), other), new(null, style) { Strength = 0.3 }];
        byte[] expected = plain.Run(content, options.Transform, (regions[0], 0.8), (regions[1], 0.8), (regions[2], 0.3));
        StylizeMethods.Near(expected, transfer.Stylize(content, regions, options).Bytes);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void WhatNoMaskCoversStaysContent(string name)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options);
        // Strength 0 only encodes and decodes.
        byte[] expected = transfer.Stylize(Content, style, options with { Strength = 0, Transform = FeatureTransform.AdaIn }).Bytes;
        StyleRegion none = new(Masks.Even(Width, Height, 0), style);
        StylizeMethods.Near(expected, transfer.Stylize(Content, [none], options).Bytes);
        StylizeMethods.Near(expected, transfer.Stylize(Content, [none, none], options).Bytes);

        // One pixel is much less than a feature pixel of level 3, and a whole one at level 1.
        StyleRegion dot = new(Masks.Of(Width, Height, (x, y) => x == 20 && y == 20 ? 255 : 0), style);
        byte[] plain = transfer.Stylize(Content, style, Options with { Strength = 0 }).Bytes;
        StylizeMethods.Near(plain, transfer.Stylize(Content, [dot], options with { Levels = [Level] }).Bytes);
        byte[] dotted = transfer.Stylize(Content, [dot], options).Bytes;
        Assert.Contains(expected.Zip(dotted), pair => Math.Abs(pair.First - pair.Second) > 1);
    }

    [Fact]
    public void WhatIsFarFromARegionStaysContent()
    {
        const int Side = 96;
        PixelImage content = Pictures.Textured(Side, Side);
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        byte[] plain = transfer.Stylize(content, style, Options with { Strength = 0 }).Bytes;
        StyleRegion corner = new(Masks.Of(Side, Side, (x, y) => x < 24 && y < 24 ? 255 : 0), style);
        byte[] actual = transfer.Stylize(content, [corner], Options).Bytes;
        // The decoder's layers reach 17 pixels, and a mask's feature pixel another 3.
        int[] changed = [.. Enumerable.Range(0, actual.Length).Where(i => Math.Abs(plain[i] - actual[i]) > 1)];
        Assert.NotEmpty(changed);
        Assert.All(changed, i => Assert.True(i / 3 % Side < 48 && i / 3 / Side < 48, $"byte {i}"));
    }

    // A mask that leaves less than one feature pixel at a deep level leaves that level out.
    [Fact]
    public void AStylesSmallMaskIsMeasuredWhereItHasAFeaturePixel()
    {
        using StyleTransfer transfer = new(Model);
        StyleMask dot = Masks.Of(40, 30, (x, y) => x is > 10 and < 14 && y is 7 or 8 ? 255 : 0);
        PreparedStyle style = transfer.PrepareStyle(Painting, dot, null, new StylizeOptions { Transform = FeatureTransform.RawStyleSwap });
        Assert.Equal([true, false, false], style.Levels.Select(level => style.Moments[level].IsEmpty));
        byte[] plain = transfer.Stylize(Content, style, Options with { Strength = 0 }).Bytes;
        StylizeMethods.Near(plain, transfer.Stylize(Content, style, Options).Bytes);
        StylizeMethods.Near(plain, transfer.Stylize(Content, style, Options with { Transform = FeatureTransform.RawStyleSwap }).Bytes);
        Assert.NotEqual(plain, transfer.Stylize(Content, style, Options with { Levels = [2] }).Bytes);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AStylesMaskWeighsItsStatistics(int level)
    {
        using Backend backend = EveryBackend.Open("cpu");
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        StyleMask mask = Masks.Of(48, 32, (x, y) => 5 * x * (y % 3) % 256);
        PixelImage painting = Pictures.Textured(48, 32, 2);
        StylizeOptions options = new() { Levels = [level], Transform = FeatureTransform.StyleSwap };
        PreparedStyle whole = transfer.PrepareStyle(painting, options), style = transfer.PrepareStyle(painting, mask, null, options);
        StyleFeatures features = whole.Moments[level].Features!;
        int side = 1 << (level - 1);
        float[] shares = new float[features.Width * features.Height];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = (float)(Enumerable.Range(0, side * side).Sum(k => (double)mask.Shares[
                (i / features.Width * side + k / side) * 48 + i % features.Width * side + k % side]) / (255.0 * side * side));
        }

        Assert.Equal(shares, style.Moments[level].Features!.Shares.ToArray());
        Assert.Equal(features.Values, style.Moments[level].Features!.Values);
        FeatureMoments expected = PlainMoments.Of(features.Values, features.Channels, shares);
        Accuracy.Check("mean", 1e-14, expected.Mean, style.Moments[level].Mean);
        Accuracy.Check("covariance", 1e-12, expected.Covariance, style.Moments[level].Covariance);
    }

    [Fact]
    public void EveryMethodGivesTheSameBytes()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting), other = transfer.PrepareStyle(Other);
        StyleMask mask = Masks.Of(Width, Height, (x, y) => x * y % 256);
        StyleRegion[] regions = [new(mask, style), new(Masks.Rest(mask), other) { Strength = 0.9 }];
        PixelImage content = Pictures.Textured(Width, Height, 1, PixelLayout.Bgra32);
        byte[] expected = transfer.Stylize(content, regions).Bytes;
        Rows result = new();
        transfer.Stylize(new Rows(content), regions, result);
        Assert.Equal(expected, result.Written);
        transfer.Stylize(content, regions, content.Bytes, content.Stride, content.Layout);
        Assert.Equal(expected, content.Bytes);
    }

    private static int Differences(byte[] expected, byte[] actual) => expected.Zip(actual).Count(pair => pair.First != pair.Second);
}
