using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Recipes;

public sealed class RecipeTests
{
    private const string Complete = """
        {
          "wct": 1,
          "content": {
            "file": "photo.jpg",
            "size": 512
          },
          "styles": [
            {
              "file": "a.jpg",
              "weight": 0.7,
              "mask": "sky.png",
              "styleMask": "x.png",
              "strength": 0.5
            },
            {
              "file": "b.safetensors",
              "label": "#ff0000"
            }
          ],
          "styleSize": 300,
          "styleScale": 1.5,
          "labels": "labels.png",
          "feather": 8,
          "mix": "covariance",
          "strength": 0.6,
          "transform": "ot",
          "levels": [
            5,
            4,
            {
              "level": 3,
              "strength": 0.4,
              "transform": "swap"
            }
          ],
          "passes": 2,
          "preserveColor": "luminance:0.5",
          "photo": {
            "radius": 8,
            "epsilon": 0.01,
            "detail": 2
          },
          "model": "model.safetensors"
        }
        """;

    private static readonly Recipe CompleteRecipe = new()
    {
        Content = new("photo.jpg") { Size = 512 },
        Styles =
        [
            new("a.jpg") { Weight = 0.7, Mask = "sky.png", StyleMask = "x.png", Strength = 0.5 },
            new("b.safetensors") { Label = "#ff0000" },
        ],
        StyleSize = 300,
        StyleScale = 1.5,
        Labels = "labels.png",
        Feather = 8,
        Mixing = StyleMixing.Covariance,
        Transform = FeatureTransform.OptimalTransport,
        Levels = [5, 4, new(3) { Strength = 0.4, Transform = FeatureTransform.StyleSwap }],
        Passes = 2,
        PreserveColor = ColorPreservation.Luminance with { Strength = 0.5 },
        Photo = new() { Radius = 8, Epsilon = 0.01, Detail = 2 },
        Model = "model.safetensors",
    };

    [Fact]
    public void EverySettingIsWrittenInAFixedOrderAndRead()
    {
        Assert.Equal(Complete.ReplaceLineEndings("\n"), CompleteRecipe.ToJson());
        Assert.Equal(CompleteRecipe, Recipe.Parse(Complete));
        Assert.Equal(CompleteRecipe.GetHashCode(), Recipe.Parse(Complete).GetHashCode());
    }

    [Fact]
    public void TexturesAreWrittenAndRead()
    {
        Recipe recipe = new() { Texture = new(512, 256) { Seed = ulong.MaxValue, Tileable = true } };
        string json = """
            {
              "wct": 1,
              "strength": 1,
              "transform": "wct",
              "levels": null,
              "texture": {
                "width": 512,
                "height": 256,
                "seed": 18446744073709551615,
                "tileable": true
              }
            }
            """;
        Assert.Equal(json.ReplaceLineEndings("\n"), recipe.ToJson());
        Assert.Equal(recipe, Recipe.Parse(json));
        Assert.Equal(3, Recipe.Parse(json).Passes);
    }

    [Fact]
    public void OnlyStrengthTransformAndLevelsAreWrittenOfAnEmptyRecipe()
    {
        const string Json = """{"wct":1,"strength":0.6,"transform":"wct","levels":null}""";
        Assert.Equal(Json, new Recipe().ToJson().Replace("\n", "").Replace(" ", ""));
        Assert.Equal(new Recipe(), Recipe.Parse(Json));
        Assert.Equal(new Recipe(), Recipe.Parse("{}"));
    }

    [Fact]
    public void ASingleStyleTakesOneLine() => Assert.Equal(
        new Recipe { Styles = [new("painting.jpg")], Strength = 0.8, PreserveColor = ColorPreservation.Luminance },
        Recipe.Parse("""{"styles":[{"file":"painting.jpg"}],"strength":0.8,"preserveColor":"luminance"}"""));

    [Theory]
    [InlineData("""{"photo": true}""", true)]
    [InlineData("""{"photo": {}}""", true)]
    [InlineData("""{"photo": false}""", false)]
    [InlineData("{}", false)]
    public void PhotoModeIsOnOrOff(string json, bool isOn) => Assert.Equal(isOn ? new PhotoOptions() : null, Recipe.Parse(json).Photo);

    // Values are equal only if all bits are, except those of zero.
    [Fact]
    public void RandomRecipesAreReadAsTheyWereWritten()
    {
        using TemporaryFolder folder = new();
        for (int seed = 0; seed < 3000; seed++)
        {
            Recipe recipe = RandomRecipes.Create(new Random(seed));
            string json = recipe.ToJson();
            Recipe back = Recipe.Parse(json);
            Assert.True(recipe == back, $"seed {seed}: {json}");
            Assert.Equal(recipe.GetHashCode(), back.GetHashCode());
            Assert.Equal(json, back.ToJson());
            if (seed % 100 > 0)
                continue;
            recipe.Save(folder.File("x.json"));
            Assert.Equal(recipe, Recipe.Load(folder.File("x.json")));
            Assert.Equal(json + "\n", File.ReadAllText(folder.File("x.json")));
        }
    }

    [Fact]
    public void TextureDefaultsDoNotDependOnTheOrderOfSettings()
    {
        RecipeTexture texture = new(16, 16);
        Assert.Equal((1, 3), (new Recipe { Texture = texture }.Strength, new Recipe { Texture = texture }.Passes));
        Assert.Equal((1, 3), ((Recipe.Parse("{}") with { Texture = texture }).Strength, (new Recipe() with { Texture = texture }).Passes));
        Recipe own = new() { Strength = 0.6, Passes = 1, Texture = texture };
        Assert.Equal((0.6, 1), (own.Strength, own.Passes));
        Assert.Contains("\"passes\": 1", own.ToJson(), StringComparison.Ordinal);
        Assert.Equal((0.6, 1), (new Recipe().Strength, new Recipe().Passes));
    }

    [Fact]
    public void OptionsHaveTheSettings()
    {
        StylizeOptions options = CompleteRecipe.ToOptions();
        Assert.Equal(
            new StylizeOptions
            {
                Strength = 0.6,
                Transform = FeatureTransform.OptimalTransport,
                Levels = [5, 4, new(3) { Strength = 0.4, Transform = FeatureTransform.StyleSwap }],
                Passes = 2,
                StyleScale = 1.5,
                PreserveColor = ColorPreservation.Luminance with { Strength = 0.5 },
                Photo = new() { Radius = 8, Epsilon = 0.01, Detail = 2 },
            },
            options);
        Assert.Equal(new StylizeOptions(), new Recipe().ToOptions());
        Assert.StartsWith("texture is not set; ", Assert.Throws<InvalidOperationException>(CompleteRecipe.ToTextureOptions).Message);
    }

    [Fact]
    public void TextureOptionsHaveTheSettings()
    {
        Recipe recipe = new() { Texture = new(16, 32) { Seed = 7, Tileable = true }, Transform = FeatureTransform.AdaIn, Levels = [3] };
        TextureOptions options = recipe.ToTextureOptions();
        Assert.Equal((7UL, true, 3, 1.0), (options.Seed, options.Tileable, options.Passes, options.Strength));
        Assert.Equal(FeatureTransform.AdaIn, options.Transform);
        Assert.Equal([3], options.Levels!);
        Assert.Equal(new TextureOptions(), new Recipe { Texture = new(1, 1) }.ToTextureOptions());
        Assert.StartsWith("texture is set; ", Assert.Throws<InvalidOperationException>(recipe.ToOptions).Message);
    }

    [Fact]
    public void RecipesCompareByValue()
    {
        Recipe[] others =
        [
            new(), CompleteRecipe with { Content = null }, CompleteRecipe with { Styles = [] }, CompleteRecipe with { StyleSize = 1 },
            CompleteRecipe with { StyleScale = 1 }, CompleteRecipe with { Labels = null }, CompleteRecipe with { Feather = 0 },
            CompleteRecipe with { Mixing = StyleMixing.Features }, CompleteRecipe with { Strength = 0.5 },
            CompleteRecipe with { Transform = FeatureTransform.AdaIn }, CompleteRecipe with { Levels = null },
            CompleteRecipe with { Levels = [5, 4, 3] }, CompleteRecipe with { Passes = 1 },
            CompleteRecipe with { PreserveColor = ColorPreservation.Luminance }, CompleteRecipe with { Photo = null },
            CompleteRecipe with { Texture = new(1, 1) }, CompleteRecipe with { Model = null },
        ];
        Assert.All(others, other => Assert.NotEqual(CompleteRecipe, other));
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void FilesAreReadWithAndWithoutAByteOrderMark()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("mark.json"), Complete, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(0xEF, File.ReadAllBytes(folder.File("mark.json"))[0]);
        Assert.Equal(CompleteRecipe, Recipe.Load(folder.File("mark.json")));
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(Complete));
        Assert.Equal(CompleteRecipe, Recipe.Load(stream));
        Assert.True(stream.CanRead);
        Assert.Throws<FileNotFoundException>(() => Recipe.Load(folder.File("none.json")));
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFile()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("x.json"), "precious");
        Assert.Throws<InvalidOperationException>(() => new Recipe { Strength = 2 }.Save(folder.File("x.json")));
        string name = new('x', Recipe.MostBytes);
        Assert.StartsWith("the recipe takes ", Assert.Throws<InvalidOperationException>(
            () => new Recipe { Model = name }.Save(folder.File("x.json"))).Message);
        Assert.Equal("precious", File.ReadAllText(folder.File("x.json")));
        Assert.Equal([folder.File("x.json")], Directory.GetFiles(folder.Path));
    }
}
