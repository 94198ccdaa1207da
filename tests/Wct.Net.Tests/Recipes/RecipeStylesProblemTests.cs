using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Net.Tests.Recipes;

/// <summary>What doesn't fit together is said in one line that names the property and the file.</summary>
public sealed class RecipeStylesProblemTests : IDisposable
{
    private readonly TemporaryFolder _files = new();
    private readonly PictureFolder _folder = new();
    private readonly StyleTransfer _transfer = new(
        RandomModel.Create([4, 4], seed: 5), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });

    public RecipeStylesProblemTests()
    {
        _folder["a.png"] = Pictures.Textured(36, 28, 2);
        _folder["hidden.png"] = new PixelImage(5, 4, PixelLayout.Rgba32);
        _folder["small.png"] = PictureFolder.Gray(5, 4, (_, _) => 255);
        _folder["black.png"] = PictureFolder.Gray(36, 28, (_, _) => 0);
        _transfer.PrepareStyle(_folder["a.png"]).Save(_files.File("s.safetensors"));
    }

    public void Dispose()
    {
        _transfer.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("{}", "The recipe has no styles; it must have at least one.")]
    [InlineData("""{"styles": [{"file": "a.png"}], "levels": [5]}""", "Level 5 is asked for, the model has 2, 1.")]
    [InlineData(
        """{"styles": [{"file": "a.png", "styleMask": "small.png"}]}""", "styles[0].styleMask: small.png has 5x4 pixels, a.png has 36x28.")]
    [InlineData(
        """{"styles": [{"file": "a.png", "styleMask": "small.png"}], "styleSize": 14}""",
        "styles[0].styleMask: small.png has 5x4 pixels, a.png has 18x14 (36x28 before it was resized).")]
    [InlineData(
        """{"styles": [{"file": "a.png"}, {"file": "a.png", "styleMask": "black.png"}]}""",
        "styles[1].styleMask: black.png is black, so no pixel of a.png counts.")]
    [InlineData(
        """{"styles": [{"file": "hidden.png"}]}""", "hidden.png: the style has no visible pixel: alpha is 0 at each of its 5x4 pixels.")]
    [InlineData(
        """{"styles": [{"file": "a.png"}], "styleSize": 1048576}""",
        "styleSize is 1048576: a.png becomes 1348169x1048576 and has 1413657657344 pixels, the limit is 268435456.")]
    [InlineData(
        """{"styles": [{"file": "s.safetensors", "styleMask": "a.png"}]}""",
        "styles[0].styleMask is a.png, but s.safetensors is a prepared style; only pictures have masks.")]
    [InlineData(
        """{"styles": [{"file": "s.safetensors"}], "preserveColor": "histogram"}""",
        "preserveColor is histogram, but styles[0].file is s.safetensors, a style that was prepared without the content's colors; "
            + "luminance doesn't need them.")]
    public void StylesThatDoNotFitAreRefused(string json, string problem) => Refuses(problem, json, _ => { });

    [Theory]
    [InlineData(
        """{"styles": [{"file": "a.png"}, {"file": "a.png", "mask": "small.png"}]}""",
        "styles[1].mask: small.png has 5x4 pixels, photo.jpg has 20x10.")]
    [InlineData(
        """{"styles": [{"file": "a.png", "label": "#F0a"}], "labels": "small.png"}""",
        "labels: small.png has 5x4 pixels, photo.jpg has 20x10.")]
    [InlineData(
        """{"styles": [{"file": "a.png"}, {"file": "a.png", "label": "#F0a"}], "labels": "labels.png"}""",
        "styles[1].label is #ff00aa, a color that no pixel of labels.png has.")]
    public void MasksThatDoNotFitAreRefused(string json, string problem)
    {
        _folder["labels.png"] = new PixelImage(20, 10);
        Refuses(problem, json, styles => styles.Regions(new RecipeContent("photo.jpg", 20, 10)));
    }

    [Fact]
    public void AMissingFileKeepsTheApplicationsError()
    {
        Recipe recipe = Recipe.Parse("""{"styles": [{"file": "none.png"}]}""");
        Assert.Throws<KeyNotFoundException>(() => RecipeStyles.Prepare(_transfer, recipe, _folder.Reader));
        recipe = Recipe.Parse($$"""{"styles": [{"file": "{{_files.File("none.safetensors").Replace('\\', '/')}}"}]}""");
        Assert.Throws<FileNotFoundException>(() => RecipeStyles.Prepare(_transfer, recipe, _folder.Reader));
    }

    [Theory]
    [InlineData(100, 50, 25, 50, 25)]
    [InlineData(50, 101, 25, 25, 51)]
    [InlineData(1, 7, 3, 3, 21)]
    [InlineData(7, 7, 1, 1, 1)]
    [InlineData(1000, 1, 1, 1000, 1)]
    public void TheLongerSideIsRounded(int width, int height, int side, int newWidth, int newHeight) =>
        Assert.Equal((newWidth, newHeight), ShorterSide.Scale(width, height, side));

    [Fact]
    public void ALongerSideThatIsTooLongIsRefused() => Assert.Contains(
        "the longer one becomes 1048576000000; at most 2147483647 are possible",
        Assert.Throws<ArgumentException>(() => ShorterSide.Scale(1_000_000, 1, 1 << 20)).Message);

    private void Refuses(string problem, string json, Action<RecipeStyles> use)
    {
        string folder = Path.GetDirectoryName(_files.File("s.safetensors"))!.Replace('\\', '/') + '/';
        Recipe recipe = Recipe.Parse(json.Replace("s.safetensors", folder + "s.safetensors", StringComparison.Ordinal));
        PictureColors colors = PictureColors.Of(_folder["a.png"]);
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => use(RecipeStyles.Prepare(_transfer, recipe, _folder.Reader, colors)));
        Assert.StartsWith(problem, error.Message.Replace(folder, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, _folder.Open);
    }
}
