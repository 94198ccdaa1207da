using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wct.AspNetCore.Requests;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the list of options, and the options of the service.</summary>
public sealed class OptionsTests
{
    private const string InRecipe = "only in the recipe", OfStyle = "a property of a style, which only the recipe has";

    // Properties of the library's records that are no option of a request, and why.
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["Recipe.Content"] = "the part 'content'; its size is the option 'size'",
        ["Recipe.Styles"] = "the parts 'style', or the recipe",
        ["Recipe.Texture"] = InRecipe,
        ["Recipe.Model"] = "the server's model is an option of the service",
        ["RecipePicture.File"] = "the part 'content'",
        ["RecipeTexture.Width"] = InRecipe,
        ["RecipeTexture.Height"] = InRecipe,
        ["RecipeTexture.Seed"] = InRecipe,
        ["RecipeTexture.Tileable"] = InRecipe,
        ["RecipeStyle.File"] = OfStyle,
        ["RecipeStyle.Weight"] = OfStyle,
        ["RecipeStyle.Mask"] = OfStyle,
        ["RecipeStyle.Label"] = OfStyle,
        ["RecipeStyle.StyleMask"] = OfStyle,
        ["RecipeStyle.Strength"] = OfStyle,
        ["StylizeOptions.MaxMemory"] = "an option of the service",
        ["StylizeOptions.OnLevel"] = "the field 'previews'",
    };

    [Fact]
    public void EveryPropertyOfTheLibraryIsAnOptionOrHasAReason()
    {
        string[] properties =
        [
            .. Properties<Recipe>(), .. Properties<RecipePicture>(), .. Properties<RecipeTexture>(), .. Properties<RecipeStyle>(),
            .. Properties<PhotoOptions>(),
        ];
        Assert.Equal(properties.Order(), OptionTable.All.Select(option => option.Member).Concat(Excluded.Keys
            .Where(name => !name.StartsWith("StylizeOptions.", StringComparison.Ordinal))).Order());
        // A recipe has the names of StylizeOptions, so an option that is missing in recipes shows here.
        Assert.Equal([], Properties<StylizeOptions>().Where(name => !Excluded.ContainsKey(name)
            && OptionTable.All.All(option => option.Member != name.Replace("StylizeOptions.", "Recipe.", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task TheListHasEverythingThatAPageNeeds()
    {
        await using TestServer server = await TestServer.Start(options =>
        {
            (options.MaxUploadBytes, options.MaxPixels, options.MaxStyles) = (1000, 2000, 7);
            options.Styles["wave"] = StyleSource.FromBytes(TestServer.Png(20, 20, 1));
        });
        JsonElement list = JsonDocument.Parse(await server.Client.GetStringAsync("/stylize/options")).RootElement;
        Assert.Equal([5, 4, 3, 2, 1], list.GetProperty("levels").EnumerateArray().Select(level => level.GetInt32()));
        Assert.Equal("wave", list.GetProperty("styles")[0].GetString());
        Assert.Equal("[\"png\",\"jpeg\",\"ppm\"]", list.GetProperty("formats").GetRawText());
        Assert.Equal("{\"bytes\":1000,\"pixels\":2000,\"styles\":7}", list.GetProperty("limits").GetRawText());
        Assert.Equal("[\"jpeg\"]", list.GetProperty("formatsWithQuality").GetRawText());
        Assert.Equal(("builtin", "single"), (list.GetProperty("model").GetString(), list.GetProperty("precision").GetString()));
        Assert.NotEmpty(list.GetProperty("device").GetString()!);
        Assert.Matches(@"^\d+\.\d+\.\d+", list.GetProperty("version").GetString());
        JsonElement[] options = [.. list.GetProperty("options").EnumerateArray()];
        Assert.Equal(OptionTable.All.Select(option => option.Name), options.Select(option => option.GetProperty("name").GetString()));
        Assert.Equal(
            """{"name":"strength","kind":"number","property":"strength","""
                + "\"description\":\"The share of the style: a number for all levels, or one per level.\","
                + "\"minimum\":0,\"maximum\":1,\"default\":0.6,\"perLevel\":true}",
            options[0].GetRawText());
        Assert.Equal("[\"none\",\"linear\",\"luminance\",\"histogram\"]", Find(options,
            "preserveColor").GetProperty("values").GetRawText());
        Assert.Equal((0, true), (
            Find(options, "styleScale").GetProperty("minimum").GetInt32(), Find(options,
                "styleScale").GetProperty("exclusiveMinimum").GetBoolean()));
    }

    [Fact]
    public async Task EachOptionIsAcceptedAndChangesTheRecipe()
    {
        await using TestServer server = await TestServer.Start();
        Dictionary<string, string> values = new()
        {
            ["strength"] = "0.3",
            ["transform"] = "adain",
            ["levels"] = "21",
            ["passes"] = "2",
            ["preserveColor"] = "histogram:0.5",
            ["photo"] = "true",
            ["photoRadius"] = "5",
            ["photoEpsilon"] = "0.01",
            ["photoDetail"] = "0.5",
            ["size"] = "20",
            ["styleSize"] = "30",
            ["styleScale"] = "0.7",
            ["mix"] = "covariance",
            ["feather"] = "3",
        };
        // Labels need a recipe with a label, and a picture.
        Assert.Equal(OptionTable.All.Select(option => option.Name).Order(), values.Keys.Append("labels").Order());
        foreach ((string name, string value) in values)
        {
            using HttpResponseMessage response = await server.Post(TestServer.Form((name, value), ("previews", "false")));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using ImageReader reader = Imaging.ImageFile.Open(await response.Content.ReadAsStreamAsync(), name);
            Recipe made = Recipe.Parse(reader.FindText("wct:recipe")!);
            Recipe plain = new() { Content = new("photo.png"), Styles = [new("painting.png")], Levels = LevelOptions.Of([5, 4, 3, 2, 1]) };
            Assert.NotEqual(plain, made);
        }
    }

    [Theory]
    [InlineData("MaxConcurrency", 0, "'MaxConcurrency' is 0; it must be 1 to 64.")]
    [InlineData("MaxQueue", -1, "'MaxQueue' is -1; it must be 0 to 100000.")]
    [InlineData("MaxUploads", 0, "'MaxUploads' is 0; it must be 1 to 100000.")]
    [InlineData("MaxUploadBytes", 0L, "'MaxUploadBytes' is 0; it must be at least 1.")]
    [InlineData("MaxPixels", 0L, "'MaxPixels' is 0; it must be at least 1.")]
    [InlineData("MaxStyles", 101, "'MaxStyles' is 101; it must be 1 to 100.")]
    [InlineData("MaxStyleCacheBytes", -1L, "'MaxStyleCacheBytes' is -1; it must be at least 0.")]
    [InlineData("MaxMemory", 0L, "'MaxMemory' is 0; it must be at least 1.")]
    [InlineData("MinUploadRate", double.NaN, "'MinUploadRate' is NaN; it must be at least 0.")]
    [InlineData("RequestsPerClient", 0, "'RequestsPerClient' is 0; it must be at least 1.")]
    [InlineData("ConcurrentRequestsPerClient", 0, "'ConcurrentRequestsPerClient' is 0; it must be at least 1.")]
    [InlineData("TemporaryFolder", "/no/such", "'TemporaryFolder' is '/no/such'; there is no such folder.")]
    [InlineData("Load", null, "'Load' is null; it must be options for loading the model.")]
    [InlineData("EncoderOptions", null, "'EncoderOptions' is null; it must be a function.")]
    public void AWrongOptionIsNamed(string name, object? value, string problem) =>
        Assert.Equal(problem, Problem(options => typeof(StyleTransferServiceOptions).GetProperty(name)!.SetValue(options, value)));

    [Fact]
    public void WrongTimesAndStylesAreNamed()
    {
        Assert.Equal("'UploadTimeout' is 00:00:00; it must be above 0 and at most 24.20:31:23.6470000.", Problem(o =>
            o.UploadTimeout = default));
        Assert.StartsWith("'RunTimeout' is 00:00:00; ", Problem(o => o.RunTimeout = default));
        Assert.StartsWith("'AnswerTimeout' is 00:00:00; ", Problem(o => o.AnswerTimeout = default));
        Assert.StartsWith("'ClientWindow' is -00:00:01; ", Problem(o => o.ClientWindow = TimeSpan.FromSeconds(-1)));
        Assert.Equal("'Styles' names '/no/such.jpg' for 'a'; there is no such file.", Problem(o =>
            o.Styles["a"] = StyleSource.FromFile("/no/such.jpg")));
        Assert.StartsWith("'Styles' has the name 'a/b'; ", Problem(o => o.Styles["a/b"] = StyleSource.FromBytes([1])));
    }

    [Fact]
    public async Task AWrongOptionOrModelEndsTheStart()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.Start(options => options.MaxQueue = -1));
        FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(
            () => TestServer.Start(options => options.Weights = "/no/such.safetensors"));
        Assert.Contains("/no/such.safetensors", missing.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"' })]
    public async Task AConfiguredStyleThatCantBeUsedEndsTheStart(byte[] bytes)
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestServer.Start(options => options.Styles["wave"] = StyleSource.FromBytes(bytes)));
        Assert.StartsWith("The style 'wave' of 'Styles' can't be used: ", error.Message);
    }

    [Fact]
    public async Task TheApplicationCanBringItsModel()
    {
        using StyleTransfer own = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        await using TestServer server = await TestServer.Start(options => options.Factory = _ => own);
        Assert.Same(own, server.App.Services.GetRequiredService<StyleTransfer>());
        (await server.Post(TestServer.Form(("levels", "1")))).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public void WithoutTheServicesMappingFails()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => app.MapStyleTransfer());
        Assert.Contains("AddStyleTransfer", error.Message);
    }

    private static string Problem(Action<StyleTransferServiceOptions> change)
    {
        StyleTransferServiceOptions options = new();
        change(options);
        return new OptionsValidation().Validate(null, options).FailureMessage!;
    }

    private static JsonElement Find(JsonElement[] options, string name) => options.Single(option =>
        option.GetProperty("name").GetString() == name);

    private static IEnumerable<string> Properties<T>() => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => $"{typeof(T).Name}.{property.Name}");
}
