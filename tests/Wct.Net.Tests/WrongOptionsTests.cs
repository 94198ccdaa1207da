using Wct.Net.Models;
using Wct.Net.Tests.Regions;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests;

/// <summary>Every wrong option gives one error, which has the value and what is allowed.</summary>
public class WrongOptionsTests
{
    private static readonly WctModel Model = RandomModel.Create([4, 6], seed: 2);

    private static readonly PixelImage Photo = Pictures.Textured(20, 18), Painting = Pictures.Textured(24, 20, 2);

    public static TheoryData<string, string> Options => new()
    {
        { "passes 0", "There are 0 passes; there must be 1 to 100." }, { "passes 101", "There are 101 passes; there must be 1 to 100." },
        { "scale NaN", "The style's scale is NaN; it must be above 0 and at most 16." },
        { "scale 0", "The style's scale is 0; it must be above 0 and at most 16." },
        { "scale 16.5", "The style's scale is 16.5; it must be above 0 and at most 16." },
        { "colors null", "The color preservation is null." },
        { "colors 2", "The strength of the color preservation is 2; it must lie in 0..1." },
        { "colors NaN", "The strength of the color preservation is NaN; it must lie in 0..1." },
        { "radius 0", "The photo mode's radius is 0; it must be 1 to 1000." },
        { "radius 1001", "The photo mode's radius is 1001; it must be 1 to 1000." },
        { "epsilon 0", "The photo mode's epsilon is 0; it must be above 0." },
        { "epsilon NaN", "The photo mode's epsilon is NaN; it must be above 0." },
        { "epsilon infinite", "The photo mode's epsilon is Infinity; it must be" },
        { "detail 5", "The photo mode's detail is 5; it must lie in 0..4." },
        { "detail -0.5", "The photo mode's detail is -0.5; it must lie in 0..4." },
        { "detail NaN", "The photo mode's detail is NaN; it must lie in 0..4." },
        { "level NaN", "The strength of level 2 is NaN; it must lie in 0..1." },
        { "level -0.1", "The strength of level 2 is -0.1; it must lie in 0..1." }, { "level null", "A level is null." },
        { "level 3", "Level 3 is asked for, the model has 2, 1." }, { "transform null", "The transform is null." },
        { "strength NaN", "The strength is NaN; it must lie in 0..1." },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void WrongOptionsAreNamed(string name, string expected)
    {
        StylizeOptions options = Wrong(name);
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        byte[] destination = new byte[Photo.Bytes.Length];
        Action[] calls =
        [
            () => transfer.Stylize(Photo, Painting, options), () => transfer.Stylize(Photo, style, options),
            () => transfer.Stylize(Photo, style, destination, 0, PixelLayout.Rgb24, options),
            () => transfer.Stylize(new Rows(Photo), new Rows(Painting), new Rows(), options),
            () => transfer.Stylize(new Rows(Photo), style, new Rows(), options), () => transfer.PrepareStyle(Painting, options),
            () => transfer.PrepareStyle(new Rows(Painting), options),
            () => transfer.PrepareStyle(Painting, Masks.Even(24, 20, 9), null, options),
            () => transfer.Stylize(Photo, [new StyleRegion(null, style)], options),
        ];
        Assert.All(calls, call => Fails(expected, call));
        Assert.All(destination, value => Assert.Equal(0, value));
    }

    [Fact]
    public void WrongTextureOptionsAreNamed()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        void Refuses(string expected, TextureOptions options) => Fails(expected, () => transfer.Synthesize(style, 16, 16, options));
        Refuses("There are 0 passes; there must be 1 to 100.", new() { Passes = 0 });
        Refuses("The strength is 1.25; it must lie in 0..1.", new() { Strength = 1.25 });
        Refuses("The transform is null.", new() { Transform = null! });
        Refuses("Level 4 is asked for, the model has 2, 1.", new() { Levels = [4] });
        Refuses("needs the style's features at level 2", new() { Transform = FeatureTransform.StyleSwap, Tileable = true });
        Assert.Throws<ArgumentNullException>(() => transfer.Synthesize(null!, 16, 16));
        Assert.Throws<ArgumentNullException>(() => transfer.Synthesize(style, 16, 16, null!, new TextureOptions()));
    }

    [Fact]
    public void WrongRegionsAreNamed()
    {
        using StyleTransfer transfer = new(Model), other = new(RandomModel.Create([4, 6], seed: 3));
        PreparedStyle style = transfer.PrepareStyle(Painting),
            partial = transfer.PrepareStyle(Painting, new StylizeOptions { Levels = [1] });
        StyleRegion good = new(null, style);
        void Refuses(string expected, params StyleRegion[] regions)
        {
            Fails(expected, () => transfer.Stylize(Photo, regions));
            Fails(expected, () => transfer.Stylize(new Rows(Photo), regions, new Rows()));
            Fails(expected, () => transfer.Stylize(Photo, regions, new byte[Photo.Bytes.Length], 0, PixelLayout.Rgb24));
        }

        Refuses("There are no regions.");
        Refuses("Region 1 is null or has no style.", good, null!);
        Refuses("Region 1 is null or has no style.", good, new StyleRegion(null, null!));
        Refuses("The mask of region 1 has 21x18 pixels, the content has 20x18.", good, new StyleRegion(Masks.Even(21, 18, 255), style));
        Refuses("The mask of region 0 has 18x20 pixels, the content has 20x18.", new StyleRegion(Masks.Even(18, 20, 3), style));
        Refuses("The strength of region 1 is NaN; it must lie in 0..1.", good, good with { Strength = double.NaN });
        Refuses("The strength of region 0 is 1.5; it must lie in 0..1.", good with { Strength = 1.5 });
        Refuses("The style was measured at the levels 1, not at 2.", good, new StyleRegion(null, partial));
        Refuses(Model.Fingerprint, good, new StyleRegion(null, other.PrepareStyle(Painting)));
        Assert.Throws<ArgumentNullException>(() => transfer.Stylize(Photo, (IReadOnlyList<StyleRegion>)null!));
    }

    [Fact]
    public void WrongStyleMasksAreNamed()
    {
        using StyleTransfer transfer = new(Model);
        foreach (StylizeOptions options in (StylizeOptions[])[new(), new() { StyleScale = 0.5 }])
        {
            void Refuses(string expected, StyleMask mask)
            {
                Fails(expected, () => transfer.PrepareStyle(Painting, mask, null, options));
                Fails(expected, () => transfer.PrepareStyle(new Rows(Painting), mask, null, options));
            }

            Refuses("The style's mask has 23x20 pixels, the style has 24x20.", Masks.Even(23, 20, 255));
            Refuses("The style's mask has no share at any pixel.", Masks.Even(24, 20, 0));
        }
    }

    [Fact]
    public void WrongMixturesAreNamed()
    {
        using StyleTransfer transfer = new(Model), other = new(RandomModel.Create([4, 6], seed: 3));
        PreparedStyle style = transfer.PrepareStyle(Painting), stranger = other.PrepareStyle(Painting);
        foreach (StyleMixing mixing in Enum.GetValues<StyleMixing>())
        {
            void Refuses(string expected, params (PreparedStyle, double)[] styles) =>
                Fails(expected, () => PreparedStyle.Mix(styles, mixing));
            Refuses("There are no styles to mix.");
            Refuses("A style's weight is -0.5; it must be at least 0.", (style, 1), (style, -0.5));
            Refuses("A style's weight is NaN; it must be at least 0.", (style, double.NaN));
            Refuses("A style's weight is Infinity; it must be at least 0.", (style, double.PositiveInfinity));
            Refuses("The styles' weights add up to 0; the sum must be above 0.", (style, 0), (style, 0));
            Refuses("The styles' weights add up to Infinity", (style, double.MaxValue), (style, double.MaxValue));
            Refuses(stranger.Model.Fingerprint, (style, 1), (stranger, 1));
            Assert.Throws<ModelMismatchException>(() => PreparedStyle.Mix([(style, 1), (stranger, 0)], mixing));
            Assert.Throws<ArgumentNullException>(() => PreparedStyle.Mix([(style, 1), (null!, 1)], mixing));
            Assert.Throws<ArgumentNullException>(() => PreparedStyle.Mix(null!, mixing));
        }

        Assert.Contains(
            "not defined", Assert.Throws<ArgumentOutOfRangeException>(() => PreparedStyle.Mix([(style, 1)], (StyleMixing)9)).Message);
    }

    [Fact]
    public void MissingFeaturesAreNamed()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.StyleSwap },
            raw = new() { Transform = FeatureTransform.RawStyleSwap };
        PreparedStyle plain = transfer.PrepareStyle(Painting), full = transfer.PrepareStyle(Painting, options);
        const string Expected = "The transform 'swap' needs the style's features at level 2, and the style was prepared without them. "
            + "Prepare it with this transform, and mix features rather than covariances.";
        Fails(Expected, () => transfer.Stylize(Photo, plain, options));
        Fails(Expected, () => transfer.Stylize(new Rows(Photo), plain, new Rows(), options));
        Fails(Expected, () => transfer.Stylize(Photo, [new StyleRegion(null, full), new StyleRegion(null, plain)], options));
        Fails(Expected, () => transfer.Stylize(Photo, PreparedStyle.Mix([(full, 1), (plain, 1)]), options));
        Fails(Expected, () => transfer.Stylize(Photo, PreparedStyle.Mix([(full, 1), (full, 2)], StyleMixing.Covariance), options));
        Fails("The transform 'swap-raw' needs", () => transfer.Stylize(Photo, plain, raw));
        // Features that were kept for one of the two transforms serve the other.
        Assert.Equal(transfer.Stylize(Photo, Painting, raw).Bytes, transfer.Stylize(Photo, full, raw).Bytes);
        // Only one level needs them.
        StylizeOptions one = new() { Levels = [2, new LevelOptions(1) { Transform = FeatureTransform.RawStyleSwap }] };
        Fails("features at level 1,", () => transfer.Stylize(Photo, plain, one));
        Assert.NotEmpty(transfer.Stylize(Photo, transfer.PrepareStyle(Painting, one), one).Bytes);
    }

    [Fact]
    public void NoStyleIsNeededForWhitening()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Whitening };
        PreparedStyle none = PreparedStyle.None(Model);
        Assert.Equal(transfer.Stylize(Photo, Painting, options).Bytes, transfer.Stylize(Photo, none, options).Bytes);
        Assert.Throws<ArgumentNullException>(() => PreparedStyle.None(null!));
    }

    private static StylizeOptions Wrong(string name) => name switch
    {
        "passes 0" => new() { Passes = 0 },
        "passes 101" => new() { Passes = 101 },
        "scale NaN" => new() { StyleScale = double.NaN },
        "scale 0" => new() { StyleScale = 0 },
        "scale 16.5" => new() { StyleScale = 16.5 },
        "colors null" => new() { PreserveColor = null! },
        "colors 2" => new() { PreserveColor = ColorPreservation.Luminance with { Strength = 2 } },
        "colors NaN" => new() { PreserveColor = ColorPreservation.Linear with { Strength = double.NaN } },
        "radius 0" => new() { Photo = new PhotoOptions { Radius = 0 } },
        "radius 1001" => new() { Photo = new PhotoOptions { Radius = 1001 } },
        "epsilon 0" => new() { Photo = new PhotoOptions { Epsilon = 0 } },
        "epsilon NaN" => new() { Photo = new PhotoOptions { Epsilon = double.NaN } },
        "epsilon infinite" => new() { Photo = new PhotoOptions { Epsilon = double.PositiveInfinity } },
        "detail 5" => new() { Photo = new PhotoOptions { Detail = 5 } },
        "detail -0.5" => new() { Photo = new PhotoOptions { Detail = -0.5 } },
        "detail NaN" => new() { Photo = new PhotoOptions { Detail = double.NaN } },
        "level NaN" => new() { Levels = [new LevelOptions(2) { Strength = double.NaN }] },
        "level -0.1" => new() { Levels = [1, new LevelOptions(2) { Strength = -0.1 }] },
        "level null" => new() { Levels = [1, null!] },
        "level 3" => new() { Levels = [3] },
        "transform null" => new() { Transform = null! },
        _ => new() { Strength = double.NaN },
    };

    private static void Fails(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
