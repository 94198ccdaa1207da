using System.Text;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Recipes;

/// <summary>What is wrong with a recipe is said in one line that names the property.</summary>
public sealed class RecipeProblemTests
{
    private const string OneOf = "it must be one of wct, adain, ot, swap, swap-raw, whiten";

    [Theory]
    [InlineData("[]", "the recipe is a list; it must be an object")]
    [InlineData("null", "the recipe is null; it must be an object")]
    [InlineData("""{"wct": 2, "new": 1}""", "wct is 2; it must be 1, the version that this program reads")]
    [InlineData("""{"wct": "1"}""", "wct is \"1\"; it must be 1, the version that this program reads")]
    [InlineData("""{"wct": null}""", "wct is null; it must be 1, the version that this program reads")]
    [InlineData(
        """{"stength": 1}""",
        "stength is unknown; a recipe has wct, content, styles, styleSize, styleScale, labels, feather, mix, strength, transform, levels, "
            + "passes, preserveColor, photo, texture, model")]
    [InlineData("""{"Strength": 1}""", "Strength is unknown; *")]
    [InlineData("""{"strength": 1, "strength": 1}""", "strength is there twice")]
    [InlineData("""{"wct": 1, "wct": 1}""", "wct is there twice")]
    [InlineData("""{"content": "photo.jpg"}""", "content is \"photo.jpg\"; it must be an object")]
    [InlineData("""{"content": {}}""", "content.file is missing; it is needed")]
    [InlineData("""{"content": {"file": 1}}""", "content.file is 1; it must be a text")]
    [InlineData("""{"content": {"file": ""}}""", "content.file is empty; it must be a file's name")]
    [InlineData("""{"content": {"file": "a\u0000"}}""", "content.file has a zero character; it must be a file's name")]
    [InlineData("""{"content": {"file": "a", "width": 1}}""", "content.width is unknown; content has file, size")]
    [InlineData("""{"content": {"file": "a", "size": 0}}""", "content.size is 0; it must be from 1 to 1048576")]
    [InlineData("""{"content": {"file": "a", "size": 99999999999}}""", "content.size is 99999999999; it must be from 1 to 1048576")]
    [InlineData("""{"content": {"file": "a", "size": 1.5}}""", "content.size is 1.5; it must be a whole number from 1 to 1048576")]
    [InlineData("""{"content": {"file": "a", "size": "1"}}""", "content.size is \"1\"; it must be a whole number from 1 to 1048576")]
    [InlineData("""{"styles": {}}""", "styles is an object; it must be a list")]
    [InlineData("""{"styles": ["a"]}""", "styles[0] is \"a\"; it must be an object")]
    [InlineData("""{"styles": [{"file": "a"}, {"weight": 1}]}""", "styles[1].file is missing; it is needed")]
    [InlineData(
        """{"styles": [{"file": "a", "alpha": 1}]}""",
        "styles[0].alpha is unknown; a style has file, weight, mask, label, styleMask, strength")]
    [InlineData("""{"styles": [{"file": "a", "file": "b"}]}""", "styles[0].file is there twice")]
    [InlineData("""{"styles": [{"file": "a"}, {"file": "b", "weight": -1}]}""", "styles[1].weight is -1; it must be at least 0")]
    [InlineData("""{"styles": [{"file": "a", "weight": "1"}]}""", "styles[0].weight is \"1\"; it must be a number at least 0")]
    [InlineData("""{"styles": [{"file": "a", "weight": 1e999}]}""", "styles[0].weight is 1e999; it must be a finite number at least 0")]
    [InlineData("""{"styles": [{"file": "a", "weight": 0}]}""", "styles have no weight above 0; one at least must have")]
    [InlineData(
        """{"styles": [{"file": "a", "weight": 1e308}, {"file": "b", "weight": 1e308}]}""",
        "styles have weights whose sum is not finite; they must be smaller")]
    [InlineData("""{"styles": [{"file": "a", "mask": ""}]}""", "styles[0].mask is empty; it must be a file's name")]
    [InlineData("""{"styles": [{"file": "a", "mask": null}]}""", "styles[0].mask is null; it must be a text")]
    [InlineData("""{"styles": [{"file": "a", "label": "red"}]}""", "styles[0].label is 'red'; it must be # and 3 or 6 hexadecimal digits")]
    [InlineData("""{"styles": [{"file": "a", "label": "#f00"}]}""", "styles[0].label is set, but labels is not; it must name a picture")]
    [InlineData(
        """{"labels": "l", "styles": [{"file": "a", "label": "#f00", "mask": "m"}]}""",
        "styles[0] has a mask and a label; it must have at most one of them")]
    [InlineData("""{"styles": [{"file": "a", "styleMask": []}]}""", "styles[0].styleMask is a list; it must be a text")]
    [InlineData("""{"styles": [{"file": "a", "strength": 1.01}]}""", "styles[0].strength is 1.01; it must be from 0 to 1")]
    [InlineData("""{"styleSize": -5}""", "styleSize is -5; it must be from 1 to 1048576")]
    [InlineData("""{"styleScale": 0}""", "styleScale is 0; it must be above 0 and at most 16")]
    [InlineData("""{"styleScale": 16.5}""", "styleScale is 16.5; it must be above 0 and at most 16")]
    [InlineData("""{"labels": "l"}""", "labels is set, but no style has a label; it must be left out")]
    [InlineData("""{"labels": ""}""", "labels is empty; it must be a file's name")]
    [InlineData("""{"feather": 4001}""", "feather is 4001; it must be from 0 to 4000")]
    [InlineData("""{"mix": "both"}""", "mix is \"both\"; it must be features or covariance")]
    [InlineData("""{"mix": 1}""", "mix is 1; it must be features or covariance")]
    [InlineData("""{"strength": 1.5}""", "strength is 1.5; it must be from 0 to 1")]
    [InlineData("""{"strength": "0.5"}""", "strength is \"0.5\"; it must be a number from 0 to 1")]
    [InlineData("""{"strength": -1e999}""", "strength is -1e999; it must be a finite number from 0 to 1")]
    [InlineData("""{"strength": NaN}""", "the recipe is not valid JSON: *")]
    [InlineData("""{"transform": "WCT"}""", "transform is \"WCT\"; " + OneOf)]
    [InlineData("""{"transform": 1}""", "transform is 1; " + OneOf)]
    [InlineData("""{"levels": []}""", "levels has 0 entries; it must have from 1 to 100")]
    [InlineData("""{"levels": 5}""", "levels is 5; it must be a list")]
    [InlineData("""{"levels": [6]}""", "levels[0] is 6; it must be from 1 to 5")]
    [InlineData("""{"levels": [5, "4"]}""", "levels[1] is \"4\"; it must be a number from 1 to 5 or an object")]
    [InlineData("""{"levels": [5, {}]}""", "levels[1].level is missing; it is needed")]
    [InlineData("""{"levels": [{"level": 0}]}""", "levels[0].level is 0; it must be from 1 to 5")]
    [InlineData("""{"levels": [{"level": 1, "alpha": 1}]}""", "levels[0].alpha is unknown; a level has level, strength, transform")]
    [InlineData("""{"levels": [{"level": 1, "strength": -0.1}]}""", "levels[0].strength is -0.1; it must be from 0 to 1")]
    [InlineData("""{"levels": [{"level": 1, "transform": "x"}]}""", "levels[0].transform is \"x\"; " + OneOf)]
    [InlineData("""{"passes": 0}""", "passes is 0; it must be from 1 to 100")]
    [InlineData("""{"passes": 101}""", "passes is 101; it must be from 1 to 100")]
    [InlineData(
        """{"preserveColor": "luma"}""",
        "preserveColor is 'luma'; it must be none, linear, luminance or histogram, the last three optionally with a strength from 0 to 1: "
            + "luminance:0.5")]
    [InlineData("""{"preserveColor": true}""", "preserveColor is true; it must be a text")]
    [InlineData("""{"photo": 1}""", "photo is 1; it must be true, false or an object")]
    [InlineData("""{"photo": {"sigma": 1}}""", "photo.sigma is unknown; photo has radius, epsilon, detail")]
    [InlineData("""{"photo": {"radius": 1001}}""", "photo.radius is 1001; it must be from 1 to 1000")]
    [InlineData("""{"photo": {"epsilon": 0}}""", "photo.epsilon is 0; it must be above 0")]
    [InlineData("""{"photo": {"detail": 4.5}}""", "photo.detail is 4.5; it must be from 0 to 4")]
    [InlineData("""{"texture": true}""", "texture is true; it must be an object")]
    [InlineData("""{"texture": {"height": 1}}""", "texture.width is missing; it is needed")]
    [InlineData("""{"texture": {"width": 1}}""", "texture.height is missing; it is needed")]
    [InlineData("""{"texture": {"width": 0, "height": 1}}""", "texture.width is 0; it must be from 1 to 1048576")]
    [InlineData("""{"texture": {"width": 1, "depth": 1}}""", "texture.depth is unknown; texture has width, height, seed, tileable")]
    [InlineData(
        """{"texture": {"width": 1, "height": 1, "seed": -1}}""",
        "texture.seed is -1; it must be a whole number from 0 to 18446744073709551615")]
    [InlineData("""{"texture": {"width": 1, "height": 1, "tileable": 1}}""", "texture.tileable is 1; it must be true or false")]
    [InlineData(
        """{"texture": {"width": 16, "height": 24, "tileable": true}}""",
        "texture.height is 24; it must be a multiple of 16, because the texture is tileable")]
    [InlineData(
        """{"texture": {"width": 1, "height": 1}, "content": {"file": "a"}}""",
        "content is set, and texture too; a texture has no content")]
    [InlineData("""{"texture": {"width": 1, "height": 1}, "photo": true}""", "photo is set, and texture too; a texture has no content")]
    [InlineData("""{"texture": {"width": 1, "height": 1}, "preserveColor": "linear"}""", "preserveColor is set, and texture too; *")]
    [InlineData(
        """{"texture": {"width": 1, "height": 1}, "styles": [{"file": "a", "mask": "m"}]}""",
        "styles[0].mask is set, and texture too; *")]
    [InlineData(
        """{"texture": {"width": 1, "height": 1}, "labels": "l", "styles": [{"file": "a", "label": "#000"}]}""",
        "styles[0].label is set, and texture too; *")]
    [InlineData(
        """{"texture": {"width": 1, "height": 1}, "styles": [{"file": "a", "strength": 1}]}""",
        "styles[0].strength is set, and texture too; *")]
    [InlineData("""{"model": 1}""", "model is 1; it must be a text")]
    [InlineData("""{"model": ""}""", "model is empty; it must be a file's name")]
    [InlineData("""{"model": "\ud800"}""", "the recipe is not valid JSON: *")]
    [InlineData("""{"\udc00": 1}""", "the recipe is not valid JSON: *")]
    [InlineData("", "the recipe is not valid JSON: *")]
    [InlineData("{} {}", "the recipe is not valid JSON: *")]
    [InlineData("{,}", "the recipe is not valid JSON: *")]
    [InlineData("{\"styles\": [],}", "the recipe is not valid JSON: *")]
    [InlineData("/* no comments */ {}", "the recipe is not valid JSON: *")]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "the recipe is not valid JSON: * depth of 8 *")]
    public void EachProblemHasOneLine(string json, string expected)
    {
        RecipeFormatException error = Assert.Throws<RecipeFormatException>(() => Recipe.Parse(json));
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(expected).Replace("\\*", ".*")}$", error.Message);
        Assert.Null(error.Source);
        Assert.Equal(error.Message, error.Problem);
    }

    // An attribute can't store such a text.
    [Fact]
    public void HalfASurrogatePairIsRefused() => Assert.Equal(
        "the recipe has half a surrogate pair; it must be valid Unicode text", Problem("{\"model\": \"\ud800\"}"));

    [Fact]
    public void LongListsAreRefused()
    {
        string many = string.Join(',', Enumerable.Repeat("1", 101));
        Assert.Equal("levels has 101 entries; it must have at most 100", Problem($$"""{"levels": [{{many}}]}"""));
        string styles = string.Join(',', Enumerable.Repeat("""{"file": "a"}""", 101));
        Assert.Equal("styles has 101 entries; it must have at most 100", Problem($$"""{"styles": [{{styles}}]}"""));
        Assert.Equal(100, Recipe.Parse($$"""{"levels": [{{many[2..]}}]}""").Levels!.Count);
    }

    [Fact]
    public void LongRecipesAreRefused()
    {
        const string Long = "the recipe has more than 1048576 bytes, the largest size that is read";
        string full = "{}".PadRight(Recipe.MostBytes);
        Assert.Equal(new Recipe(), Recipe.Parse(full));
        Assert.Equal(Long, Problem(full + " "));
        Assert.Equal(Long, Problem("{\"model\": \"" + new string('ä', 600_000) + "\"}"));
        using MemoryStream exact = new(Encoding.UTF8.GetBytes(full)), endless = new(new byte[10 << 20]);
        Assert.Equal(new Recipe(), Recipe.Load(exact));
        Assert.Equal(Long, Assert.Throws<RecipeFormatException>(() => Recipe.Load(endless)).Message);
        Assert.InRange(endless.Position, Recipe.MostBytes, 2 * Recipe.MostBytes);
    }

    [Fact]
    public void TheNameOfTheFileIsInTheMessage()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("mine.json");
        File.WriteAllText(path, """{"passes": 0}""");
        RecipeFormatException error = Assert.Throws<RecipeFormatException>(() => Recipe.Load(path));
        Assert.Equal($"{path}: passes is 0; it must be from 1 to 100", error.Message);
        Assert.Equal((path, "passes is 0; it must be from 1 to 100"), (error.Source, error.Problem));
        File.WriteAllText(path, """{"labels": "x"}""");
        Assert.StartsWith($"{path}: labels is set, ", Assert.Throws<RecipeFormatException>(() => Recipe.Load(path)).Message);
        File.WriteAllBytes(path, [(byte)'{', 0xFF, (byte)'}']);
        Assert.Equal(
            $"{path}: the recipe has bytes that are not UTF-8", Assert.Throws<RecipeFormatException>(() => Recipe.Load(path)).Message);
        File.WriteAllText(path, "{");
        Assert.StartsWith($"{path}: the recipe is not valid JSON: ", Assert.Throws<RecipeFormatException>(() => Recipe.Load(path)).Message);
    }

    [Fact]
    public void LongValuesAreShortenedInMessages()
    {
        string message = Problem($$"""{"transform": "{{new string('x', 5000)}}"}""");
        Assert.EndsWith($"xxx...; {OneOf}", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 80, 300);
        Assert.InRange(Problem($$"""{"{{new string('x', 5000)}}": 1}""").Length, 80, 300);
    }

    public static TheoryData<string, Recipe> InvalidRecipes => new()
    {
        { "styles is null; it must be a list", new() { Styles = null! } },
        { "styles[0] is null; it must be a style", new() { Styles = [null!] } },
        { "styles[0].file is null; it must be a file's name", new() { Styles = [new(null!)] } },
        { "styles[0].weight is NaN; it must be a finite number at least 0", new() { Styles = [new("a") { Weight = double.NaN }] } },
        { "content.file is null; it must be a file's name", new() { Content = new(null!) } },
        { "mix is 7; it must be features or covariance", new() { Mixing = (StyleMixing)7 } },
        { "strength is Infinity; it must be a finite number from 0 to 1", new() { Strength = double.PositiveInfinity } },
        { $"transform is null; {OneOf}", new() { Transform = null! } },
        { $"transform is Negate; {OneOf}", new() { Transform = new Transforms.Negate() } },
        { $"levels[1].transform is Negate; {OneOf}", new() { Levels = [1, new(2) { Transform = new Transforms.Negate() }] } },
        { "levels[0] is null; it must be a level", new() { Levels = [null!] } },
        { "levels[0] is 9; it must be from 1 to 5", new() { Levels = [9] } },
        { "levels[0].level is 9; it must be from 1 to 5", new() { Levels = [new(9) { Strength = 1 }] } },
        { "preserveColor is null; it must be a method", new() { PreserveColor = null! } },
        { "preserveColor is 2; it must be from 0 to 1", new() { PreserveColor = ColorPreservation.Linear with { Strength = 2 } } },
        {
            "preserveColor is none with strength 0.5; only the other methods have a strength",
            new() { PreserveColor = ColorPreservation.None with { Strength = 0.5 } }
        },
        { "photo.epsilon is -1; it must be above 0", new() { Photo = new() { Epsilon = -1 } } },
        { "model has half a surrogate pair; it must be valid Unicode text", new() { Model = "a\ud800b" } },
        { "model has half a surrogate pair; it must be valid Unicode text", new() { Model = "\udc00" } },
    };

    [Theory]
    [MemberData(nameof(InvalidRecipes))]
    public void InvalidSettingsAreNotWrittenAndGiveNoOptions(string problem, Recipe recipe)
    {
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>(recipe.ToJson).Message);
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>(recipe.ToOptions).Message);
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>((recipe with { Texture = null }).ToTextureOptions).Message);
    }

    [Fact]
    public void DamagedRecipesAreReadOrRefusedInOneLine()
    {
        int refused = 0, read = 0;
        for (int seed = 0; seed < 10_000; seed++)
        {
            Random random = new(seed);
            byte[] json = Encoding.UTF8.GetBytes(RandomRecipes.Create(random).ToJson());
            try
            {
                Recipe recipe = Recipe.Load(new MemoryStream(Mutate(json, random)));
                Assert.Equal(recipe, Recipe.Parse(recipe.ToJson()));
                read++;
            }
            catch (RecipeFormatException error)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
                Assert.InRange(error.Message.Length, 1, 1003);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }

        Assert.InRange(read, 300, 9700);
        Assert.InRange(refused, 300, 9700);
    }

    // Flips, removes and repeats bytes, and inserts pieces of JSON that are likely to matter.
    private static byte[] Mutate(byte[] json, Random random)
    {
        string[] pieces =
        [
            "1e999", "-1", "null", "{}", "[]", "[[[[[[[[[", "\"", "\\ud800", "\\u0000", "\"wct\":2,", "99999999999999999999", "-0", "true",
            ",", "\"strength\":0.5,", "\0", "\uFEFF", "\"a\":",
        ];
        List<byte> bytes = [.. json];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes[at] = (byte)('0' + random.Next(10)); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
            }
        }

        return [.. bytes];
    }

    private static string Problem(string json) => Assert.Throws<RecipeFormatException>(() => Recipe.Parse(json)).Message;
}
