extern alias managed;

using Managed = managed::Wct.Net;
using Recipes = managed::Wct.Net.Recipes;

namespace Wct.Bindings.Tests;

/// <summary>Tests recipes with the published library.</summary>
public class RecipeTests
{
    private static readonly Wct.PixelImage Photo = Pictures.Textured(37, 29), Painting = Pictures.Textured(40, 33, 2);

    public RecipeTests() => NativeLibrary.Need();

    [Fact]
    public void ARecipeGivesTheManagedLibrarysBytes()
    {
        using TemporaryFolder folder = new();
        string file = Write(folder, "größer 風格.ppm", Painting);
        string json = $$"""
            {"content": {"file": "ignored.jpg", "size": 20}, "styles": [{"file": "{{file}}"}], "strength": 0.8, "levels": [2, 1],
             "preserveColor": "linear"}
            """;
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        List<double> fractions = [];
        PixelImage actual = transfer.StylizeRecipe(
            Of(Photo), json, null, new CallbackProgress<StylizeProgress>(value => fractions.Add(value.Fraction)));
        Wct.PixelImage content = Managed.ShorterSide.Resize((Managed.Pixels)Photo, 20);
        Wct.PixelImage expected = twin.Stylize(content, Painting, Recipes.Recipe.Parse(json).ToOptions());
        Assert.Equal((26, 20, PixelLayout.Rgb24), (actual.Width, actual.Height, actual.Layout));
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(fractions.Order(), fractions);
    }

    [Fact]
    public void ATexturesRecipeGivesTheManagedLibrarysBytes()
    {
        using TemporaryFolder folder = new();
        string json = $$"""
            {"styles": [{"file": "{{Write(folder, "a.ppm", Painting)}}"}],
             "texture": {"width": 32, "height": 16, "seed": 5, "tileable": true } }
            """;
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        PixelImage actual = transfer.SynthesizeRecipe(json);
        Assert.Equal(
            twin.Synthesize(twin.PrepareStyle(Painting), 32, 16, Recipes.Recipe.Parse(json).ToTextureOptions()).Bytes, actual.Bytes);
        Assert.Contains("'photo' must be NULL", Assert.Throws<ArgumentException>(() => transfer.StylizeRecipe(Of(Photo), json)).Message);
    }

    [Fact]
    public void BadRecipesAndFilesThrowTheirExceptions()
    {
        using TemporaryFolder folder = new();
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        const string Negative = """{"styles": [{"file": "a", "weight": -1}]}""";
        Assert.Contains(
            "styles[0].weight is -1; it must be at least 0",
            Assert.Throws<ArgumentException>(() => transfer.StylizeRecipe(Of(Photo), Negative)).Message);
        Assert.Contains("none.png: no such file", Assert.Throws<IOException>(() => Run("none.png")).Message);
        File.WriteAllText(folder.File("text.png"), "not a picture");
        Assert.Contains("text.png: ", Assert.Throws<WeightsFormatException>(() => Run("text.png")).Message);
        Assert.Throws<ArgumentNullException>(() => transfer.StylizeRecipe(Of(Photo), null!));
        Assert.Contains(
            "'texture' is missing in the recipe", Assert.Throws<ArgumentException>(() => transfer.SynthesizeRecipe("{}")).Message);

        void Run(string name) => transfer.StylizeRecipe(
            Of(Photo), $$"""{"styles": [{"file": "{{folder.File(name).Replace('\\', '/')}}"}]}""");
    }

    private static string Write(TemporaryFolder folder, string name, Wct.PixelImage image)
    {
        string path = folder.File(name);
        byte[] header = System.Text.Encoding.ASCII.GetBytes($"P6\n{image.Width} {image.Height}\n255\n");
        File.WriteAllBytes(path, [.. header, .. image.Bytes]);
        return path.Replace('\\', '/');
    }

    private static Pixels Of(Wct.PixelImage image) => new(image.Bytes, image.Width, image.Height);
}
