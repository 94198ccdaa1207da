using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Recipes;

/// <summary>A recipe gives the pictures that calls with the same settings give.</summary>
public sealed class RecipeStylesTests : IDisposable
{
    private const int Width = 40, Height = 30;

    private readonly StyleTransfer _transfer = new(
        RandomModel.Create([4, 4, 6, 6, 8], seed: 5), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });

    private readonly PictureFolder _folder = new();
    private readonly PixelImage _content = Pictures.Textured(Width, Height);

    public RecipeStylesTests()
    {
        _folder["a.png"] = Pictures.Textured(36, 28, 2);
        _folder["b.png"] = Pictures.Textured(25, 41, 3, PixelLayout.Rgba32);
        _folder["left.png"] = PictureFolder.Gray(Width, Height, (x, _) => x < 20 ? 255 : 0);
        _folder["right.png"] = PictureFolder.Gray(Width, Height, (x, _) => x < 20 ? 0 : 255);
    }

    public void Dispose() => _transfer.Dispose();

    [Theory]
    [InlineData("", StyleMixing.Features)]
    [InlineData(""", "mix": "covariance" """, StyleMixing.Covariance)]
    public void StylesOfTheSamePixelsAreMixedByWeight(string mix, StyleMixing mixing)
    {
        PreparedStyle mixture = PreparedStyle.Mix([(Style("a.png"), 0.7), (Style("b.png"), 0.3)], mixing);
        RecipeStyles styles = Prepare($$"""{"styles": [{"file": "a.png", "weight": 1.4}, {"file": "b.png", "weight": 0.6}]{{mix}}}""");
        Assert.False(styles.HasRegions);
        Assert.Equal(_transfer.Stylize(_content, mixture).Bytes, _transfer.Stylize(_content, styles.Style).Bytes);
        AssertSame([new StyleRegion(null, mixture)], styles);
    }

    [Fact]
    public void MasksMakeRegions()
    {
        RecipeStyles styles = Prepare("""
            {"styles": [{"file": "a.png", "mask": "left.png"}, {"file": "b.png", "mask": "right.png", "strength": 0.3}], "feather": 4}
            """);
        Assert.True(styles.HasRegions);
        Assert.Contains("2 styles", Assert.Throws<InvalidOperationException>(() => styles.Style).Message);
        StyleMask left = Mask("left.png").Feather(4), right = Mask("right.png").Feather(4);
        AssertSame([new(left, Style("a.png")), new(right, Style("b.png")) { Strength = 0.3 }], styles);
    }

    [Fact]
    public void WhiteningNeedsNoStyle()
    {
        RecipeStyles styles = Prepare("""{"transform": "whiten", "strength": 1}""");
        StylizeOptions options = new() { Transform = FeatureTransform.Whitening, Strength = 1 };
        Assert.Equal(
            _transfer.Stylize(_content, PreparedStyle.None(_transfer.Model), options).Bytes,
            _transfer.Stylize(_content, styles.Style, options).Bytes);
        Assert.Contains("no styles", Assert.Throws<ArgumentException>(
            () => Prepare("""{"transform": "whiten", "levels": [{"level": 5}, {"level": 4, "transform": "ot"}]}""")).Message);
        Assert.Equal(
            "The transform 'ot' at level 4 uses a style, and the style is PreparedStyle.None. (Parameter 'style')",
            Assert.Throws<ArgumentException>(() => _transfer.Stylize(
                _content, PreparedStyle.None(_transfer.Model),
                options with { Levels = [5, new(4) { Transform = FeatureTransform.OptimalTransport }] })).Message);
    }

    [Fact]
    public void LabelsMakeRegions()
    {
        PixelImage labels = new(Width, Height, PixelLayout.Rgba32);
        for (int i = 0; i < labels.Bytes.Length; i += 4)
            (labels.Bytes[i], labels.Bytes[i + 1]) = i / 4 % Width < 20 ? ((byte)255, (byte)0) : ((byte)0, (byte)255);
        _folder["labels.png"] = labels;
        RecipeStyles styles = Prepare("""
            {"styles": [{"file": "a.png", "label": "#f00"}, {"file": "b.png", "label": "#00ff00"}, {"file": "b.png", "label": "#ff0000"}],
             "labels": "labels.png"}
            """);
        PreparedStyle both = PreparedStyle.Mix([(Style("a.png"), 1), (Style("b.png"), 1)]);
        StyleMask left = Mask("left.png"), right = Mask("right.png");
        AssertSame([new(left, both), new(right, Style("b.png"))], styles);
    }

    [Fact]
    public void WeightsDivideThePixelsWhereRegionsOverlap()
    {
        _folder["all.png"] = PictureFolder.Gray(Width, Height, (_, _) => 255);
        _folder["top.png"] = PictureFolder.Gray(Width, Height, (_, y) => y < 10 ? 255 : y < 20 ? 100 : 0);
        RecipeStyles styles = Prepare("""
            {"styles": [{"file": "a.png", "weight": 3, "mask": "all.png"}, {"file": "b.png", "weight": 1, "mask": "top.png"}]}
            """);
        // 255 * 3 / (255 * 3 + share) of 255, and the rest.
        IReadOnlyList<StyleRegion> regions = styles.Regions(new RecipeContent("photo", Width, Height));
        Assert.Equal([191, 226, 255], new[] { 0, 10, 20 }.Select(y => (int)regions[0].Mask!.Shares[y * Width]));
        Assert.Equal([64, 29, 0], new[] { 0, 10, 20 }.Select(y => (int)regions[1].Mask!.Shares[y * Width]));
    }

    [Theory]
    [InlineData(1e-300, 1e300)]
    [InlineData(1e300, 1)]
    public void APixelOfOneRegionKeepsItsShareWithAnyWeight(double first, double second)
    {
        StyleMask ramp = new(PictureFolder.Gray(256, 1, (x, _) => x).Bytes, 256, 1), none = new(new byte[256], 256, 1);
        IReadOnlyList<StyleMask?> weighted = RegionWeights.Apply([ramp, none], [first, second], 256, 1);
        Assert.Equal(ramp.Shares, weighted[0]!.Shares);
        Assert.Equal(none.Shares, weighted[1]!.Shares);
    }

    [Fact]
    public void StylesAndTheirMasksAreResized()
    {
        _folder["half.png"] = PictureFolder.Gray(25, 41, (x, _) => x < 12 ? 255 : 0);
        RecipeStyles styles = Prepare(
            """{"styles": [{"file": "b.png", "styleMask": "half.png"}], "styleSize": 50, "styleScale": 0.5, "strength": 1}""");
        PixelImage resized = ShorterSide.Resize((Pixels)_folder["b.png"], 50), shares = ShorterSide.Resize((Pixels)_folder["half.png"], 50);
        Assert.Equal((50, 82), (resized.Width, resized.Height));
        StyleMask mask = new(shares.Bytes, 50, 82);
        PreparedStyle expected = _transfer.PrepareStyle(resized, mask, contentColors: null, new StylizeOptions { StyleScale = 0.5 });
        AssertSame([new(null, expected)], styles);
        // A mask of the new size fits too.
        _folder["half.png"] = shares;
        AssertSame([new(null, expected)], Prepare(styles.Recipe.ToJson()));
    }

    [Fact]
    public void MasksOfTheSizeBeforeTheContentWasResizedAreResized()
    {
        _folder["big.png"] = PictureFolder.Gray(2 * Width, 2 * Height, (x, y) => (3 * x + y) % 256);
        RecipeStyles styles = Prepare("""{"styles": [{"file": "a.png", "mask": "big.png"}]}""");
        PixelImage small = ShorterSide.Resize((Pixels)_folder["big.png"], Height);
        StyleRegion region = Assert.Single(styles.Regions(
            new RecipeContent("photo", Width, Height) { FileWidth = 2 * Width, FileHeight = 2 * Height }));
        Assert.Equal(small.Bytes, region.Mask!.Shares.ToArray());
        string problem = Assert.Throws<ArgumentException>(
            () => styles.Regions(new RecipeContent("photo.jpg", 8, 6) { FileWidth = 16, FileHeight = 12 })).Message;
        Assert.StartsWith(
            "styles[0].mask: big.png has 80x60 pixels, photo.jpg has 8x6 (16x12 before it was resized).", problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MasksInColorCountByLuminanceAndAlpha()
    {
        PixelImage color = new(256, 2, PixelLayout.Rgba32);
        for (int x = 0; x < 256; x++)
        {
            new Span<byte>(color.Bytes, 4 * x, 3).Fill((byte)x);
            color.Bytes[4 * x + 3] = 255;
            new[] { (byte)255, (byte)255, (byte)255, (byte)x }.CopyTo(color.Bytes, color.Stride + 4 * x);
        }

        StyleMask mask = MaskPicture.Gray(new Transparency.Rows(color));
        Assert.Equal(Enumerable.Range(0, 512).Select(x => (byte)x), mask.Shares.ToArray());
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("histogram:0.5")]
    public void StylesGetTheContentsColors(string method)
    {
        Recipe recipe = Recipe.Parse($$"""{"styles": [{"file": "a.png"}], "preserveColor": "{{method}}"}""");
        Assert.True(RecipeStyles.NeedsContentColors(recipe));
        StylizeOptions options = recipe.ToOptions();
        PictureColors colors = PictureColors.Of(_content);
        PreparedStyle expected = _transfer.PrepareStyle(_folder["a.png"], mask: null, colors, options);
        RecipeStyles styles = RecipeStyles.Prepare(_transfer, recipe, _folder.Reader, colors);
        Assert.Equal(
            _transfer.Stylize(_content, expected, options).Bytes, _transfer.Stylize(_content, styles.Style, options).Bytes);
        Assert.Contains(
            $"preserveColor is {method}, which needs the content's colors",
            Assert.Throws<ArgumentException>(() => RecipeStyles.Prepare(_transfer, recipe, _folder.Reader)).Message);
    }

    [Fact]
    public void StyleFilesAreReadAndEachStyleIsMeasuredOnce()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("b.SafeTensors").Replace('\\', '/');
        Style("b.png").Save(file);
        _folder.Opened.Clear();
        RecipeStyles styles = Prepare($$"""
            {"styles": [{"file": "{{file}}"}, {"file": "a.png"}, {"file": "a.png", "mask": "left.png"}, {"file": "none.png", "weight": 0}]}
            """);
        Assert.Equal(["a.png"], _folder.Opened);
        PreparedStyle both = PreparedStyle.Mix([(Style("b.png"), 1), (Style("a.png"), 1)]);
        IReadOnlyList<StyleRegion> regions = styles.Regions(new RecipeContent("photo", Width, Height));
        AssertSame([new(regions[0].Mask, both), new(regions[1].Mask, Style("a.png"))], styles);
        Assert.Equal(0, _folder.Open);
    }

    [Fact]
    public void ATexturesStylesAreOneStyle()
    {
        Recipe recipe = Recipe.Parse("""
            {"styles": [{"file": "a.png", "weight": 2}, {"file": "b.png"}], "texture": {"width": 32, "height": 16, "seed": 3},
             "levels": [3, 1]}
            """);
        RecipeStyles styles = RecipeStyles.Prepare(_transfer, recipe, _folder.Reader);
        PreparedStyle mixed = PreparedStyle.Mix([(Style("a.png"), 2), (Style("b.png"), 1)]);
        Assert.Equal([3, 1], styles.Style.Levels);
        PixelImage texture = _transfer.Synthesize(mixed, 32, 16, recipe.ToTextureOptions());
        Assert.True(texture.Bytes.Distinct().Count() > 32, "a texture of one color would show nothing");
        Assert.Equal(texture.Bytes, _transfer.Synthesize(styles.Style, 32, 16, recipe.ToTextureOptions()).Bytes);
    }

    [Fact]
    public void ProgressRisesOverAllStyles()
    {
        List<double> fractions = [];
        RecipeStyles.Prepare(
            _transfer, Recipe.Parse("""{"styles": [{"file": "a.png"}, {"file": "b.png"}]}"""), _folder.Reader,
            progress: new CallbackProgress<StylizeProgress>(value => fractions.Add(value.Fraction)));
        Assert.Equal(fractions.Order(), fractions);
        Assert.InRange(fractions[0], 0, 0.2);
        Assert.Equal(1, fractions[^1], 1e-9);
    }

    private PreparedStyle Style(string name) => _transfer.PrepareStyle(_folder[name]);

    private StyleMask Mask(string name) => new(_folder[name].Bytes, Width, Height);

    private RecipeStyles Prepare(string json) => RecipeStyles.Prepare(_transfer, Recipe.Parse(json), _folder.Reader);

    private void AssertSame(StyleRegion[] expected, RecipeStyles styles)
    {
        StylizeOptions options = styles.Recipe.ToOptions();
        IReadOnlyList<StyleRegion> actual = styles.Regions(new RecipeContent("photo", Width, Height));
        Assert.Equal(_transfer.Stylize(_content, expected, options).Bytes, _transfer.Stylize(_content, actual, options).Bytes);
        Assert.Equal(0, _folder.Open);
    }
}
