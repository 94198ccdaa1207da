using System.Text.RegularExpressions;
using Wct.Cli.Networks;
using Wct.Cli.Stylize;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Tests that the tool, libwct and its client have every option of the library, or that the table gives a reason.</summary>
public partial class OptionSurfaceTests
{
    private const string OfTheProcess = "!an object of the application's process", OfPhoto = "!part of --photo",
        OfTextures = "!an option of another command", Asynchronous = "!it makes no asynchronous calls";

    // Property of Wct.Net; option of 'wct stylize'; field in wct.h; property of Wct.Bindings. "!" begins the reason why there is none.
    private static readonly Option[] Load =
    [
        new(nameof(LoadOptions.Device), "--device", "device", "Device"),
        new(nameof(LoadOptions.Backend), OfTheProcess, OfTheProcess, OfTheProcess),
        new(nameof(LoadOptions.Threads), "--threads", "threads", "Threads"),
        new(nameof(LoadOptions.Precision), "--precision", "precision", "Precision"),
        new(nameof(LoadOptions.Eigensolver), "--eigensolver", OfTheProcess, OfTheProcess),
        new(nameof(LoadOptions.MaxQueue), Asynchronous, Asynchronous, Asynchronous),
        new(nameof(LoadOptions.OnWarning), "!warnings go to standard error", "warning", "OnWarning"),
    ];

    private static readonly Option[] Stylize =
    [
        new(nameof(StylizeOptions.Strength), "--alpha", "strength", "Strength"),
        new(nameof(StylizeOptions.Levels), "--levels", "levels", "Levels"),
        new(nameof(StylizeOptions.MaxMemory), "--max-memory", "max_memory", "MaxMemory"),
        new(nameof(StylizeOptions.Transform), "--transform", "transform", "Transform"),
        new(nameof(StylizeOptions.Passes), "--passes", "passes", "Passes"),
        new(nameof(StylizeOptions.StyleScale), "--style-scale", "style_scale", "StyleScale"),
        new(nameof(StylizeOptions.PreserveColor), "--preserve-color", "preserve_color", "PreserveColor"),
        new(nameof(StylizeOptions.Photo), "--photo", "photo", "Photo"),
        new(nameof(StylizeOptions.OnLevel), "--save-levels", "level_picture", "OnLevel"),
    ];

    private static readonly Option[] Photo =
    [
        new(nameof(PhotoOptions.Radius), OfPhoto, "photo_radius", "Radius"),
        new(nameof(PhotoOptions.Epsilon), OfPhoto, "photo_epsilon", "Epsilon"),
        new(nameof(PhotoOptions.Detail), OfPhoto, "photo_detail", "Detail"),
    ];

    private static readonly Option[] Texture =
    [
        new(nameof(TextureOptions.Seed), OfTextures, "seed", "Seed"),
        new(nameof(TextureOptions.Tileable), OfTextures, "tileable", "Tileable"),
        new(nameof(TextureOptions.Passes), OfTextures, "passes", "Passes"),
        new(nameof(TextureOptions.Strength), OfTextures, "strength", "Strength"),
        new(nameof(TextureOptions.Transform), OfTextures, "transform", "Transform"),
        new(nameof(TextureOptions.Levels), OfTextures, "levels", "Levels"),
        new(nameof(TextureOptions.MaxMemory), OfTextures, "max_memory", "MaxMemory"),
    ];

    private static readonly Option[] Network =
    [
        new(nameof(StyleNetworkOptions.StyleWeights), "--style", "style_weights", "StyleWeights"),
        new(nameof(StyleNetworkOptions.Seed), "--seed", "seed", "Seed"),
        new(nameof(StyleNetworkOptions.NoiseScale), "--noise", "noise_scale", "NoiseScale"),
        new(nameof(StyleNetworkOptions.MaxMemory), "--max-memory", "max_memory", "MaxMemory"),
    ];

    // The tool's own options, for files, pictures, styles and the terminal.
    private static readonly string[] OfTheTool =
    [
        "--output", "--force", "--weights", "--size", "--style-size", "--quality", "--max-pixels", "--strict", "--strip-metadata",
        "--quiet", "--mix", "--style-mask", "--mask", "--feather", "--labels", "--label", "--whiten-only", "--recipe", "--save-recipe",
    ];

    // Further fields of the C structs, which in .NET are method arguments, exceptions, parts of 'Levels' or not needed.
    private static readonly string[] OfC =
        ["size", "reserved", "reserved2", "error", "error_bytes", "progress", "context", "warning_context", "strengths", "style_count"];

    [Fact]
    public void TheTableHasAllLibraryOptions()
    {
        Assert.Equal(Properties(typeof(LoadOptions)), Load.Select(option => option.Library).Order());
        Assert.Equal(Properties(typeof(StylizeOptions)), Stylize.Select(option => option.Library).Order());
        Assert.Equal(Properties(typeof(PhotoOptions)), Photo.Select(option => option.Library).Order());
        Assert.Equal(Properties(typeof(TextureOptions)), Texture.Select(option => option.Library).Order());
        Assert.Equal(Properties(typeof(StyleNetworkOptions)), Network.Select(option => option.Library).Order());
    }

    [Fact]
    public void TheToolHasTheTablesOptions()
    {
        string[] options = [.. StylizeCommand.Create(TestContext.Current.CancellationToken).Options.Select(option => option.Name)];
        Assert.Equal(options.Order(), Present(Load, option => option.Tool).Concat(Present(Stylize, option => option.Tool)).Concat(OfTheTool)
            .Order());
    }

    [Fact]
    public void ApplyHasTheTablesOptions()
    {
        string[] options = [.. ApplyCommand.Create(TestContext.Current.CancellationToken).Options.Select(option => option.Name)];
        Assert.All(Present(Network, option => option.Tool), name => Assert.Contains(name, options));
    }

    [Theory]
    [InlineData("wct_open_options")]
    [InlineData("wct_options")]
    [InlineData("wct_texture_options")]
    [InlineData("wct_network_options")]
    public void LibwctHasTheTablesFields(string name)
    {
        string header = File.ReadAllText(Path.Combine(Shared.Root, "include", "wct.h"));
        string body = Regex.Match(header, $@"typedef struct {name} {{(.*?)}} {name};", RegexOptions.Singleline).Groups[1].Value;
        string[] fields = [.. Field().Matches(body).Select(match => match.Groups[1].Value)];
        Assert.Contains("size", fields);
        Option[] table = name switch
        {
            "wct_open_options" => Load,
            "wct_options" => [.. Stylize, .. Photo],
            "wct_network_options" => Network,
            _ => Texture,
        };
        Assert.Equal(fields.Except(OfC).Order(), Present(table, option => option.Native).Order());
    }

    [Fact]
    public void TheClientHasTheTablesProperties()
    {
        Assert.Equal(Properties(typeof(Bindings.LoadOptions)), Present(Load, option => option.Client).Order());
        Assert.Equal(Properties(typeof(Bindings.StylizeOptions)), Present(Stylize, option => option.Client).Order());
        Assert.Equal(Properties(typeof(Bindings.PhotoOptions)), Present(Photo, option => option.Client).Order());
        Assert.Equal(Properties(typeof(Bindings.TextureOptions)), Present(Texture, option => option.Client).Order());
        Assert.Equal(Properties(typeof(Bindings.StyleNetworkOptions)), Present(Network, option => option.Client).Order());
    }

    private static IEnumerable<string> Present(Option[] table, Func<Option, string> surface) =>
        table.Select(surface).Where(name => !name.StartsWith('!'));

    private static IEnumerable<string> Properties(Type type) => type.GetProperties().Select(property => property.Name).Order();

    [GeneratedRegex(@"^    [\w ]+?[ *](\w+);", RegexOptions.Multiline)]
    private static partial Regex Field();

    private sealed record Option(string Library, string Tool, string Native, string Client);
}
