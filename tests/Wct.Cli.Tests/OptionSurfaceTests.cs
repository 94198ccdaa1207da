using System.Text.RegularExpressions;
using Wct.Cli.Stylize;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Every option of the library is there in the tool, in libwct and in its client, or the table says why not.</summary>
public partial class OptionSurfaceTests
{
    private const string OfTheProcess = "!an object of the application's process", OneTransform = "!there is one transform so far";

    // Property of Wct.Net; option of 'wct stylize'; field in wct.h; property of Wct.Bindings. "!" begins a reason for lacking it.
    private static readonly Option[] Load =
    [
        new(nameof(LoadOptions.Device), "--device", "device", "Device"),
        new(nameof(LoadOptions.Backend), OfTheProcess, OfTheProcess, OfTheProcess),
        new(nameof(LoadOptions.Threads), "--threads", "threads", "Threads"),
        new(nameof(LoadOptions.Precision), "--precision", "precision", "Precision"),
        new(nameof(LoadOptions.Eigensolver), "--eigensolver", OfTheProcess, OfTheProcess),
        new(nameof(LoadOptions.OnWarning), "!warnings go to standard error", "warning", "OnWarning"),
    ];

    private static readonly Option[] Stylize =
    [
        new(nameof(StylizeOptions.Strength), "--alpha", "strength", "Strength"),
        new(nameof(StylizeOptions.Levels), "--levels", "levels", "Levels"),
        new(nameof(StylizeOptions.MaxMemory), "--max-memory", "max_memory", "MaxMemory"),
        new(nameof(StylizeOptions.Transform), OneTransform, OneTransform, OneTransform),
    ];

    // What the tool has besides: files, pictures and terminals are not the library's.
    private static readonly string[] OfTheTool =
    [
        "--output", "--force", "--weights", "--size", "--style-size", "--jpeg-quality", "--max-pixels", "--strict", "--strip-metadata",
        "--quiet",
    ];

    // What C structs have besides: arguments of methods in .NET, exceptions, and bookkeeping.
    private static readonly string[] OfC = ["size", "reserved", "error", "error_bytes", "progress", "context", "warning_context"];

    [Fact]
    public void TheLibrarysOptionsAreInTheTable()
    {
        Assert.Equal(Properties(typeof(LoadOptions)), Load.Select(option => option.Library).Order());
        Assert.Equal(Properties(typeof(StylizeOptions)), Stylize.Select(option => option.Library).Order());
    }

    [Fact]
    public void TheToolHasThem()
    {
        string[] options = [.. StylizeCommand.Create(TestContext.Current.CancellationToken).Options.Select(option => option.Name)];
        Assert.Equal(options.Order(), Present(Load, option => option.Tool).Concat(Present(Stylize, option => option.Tool)).Concat(OfTheTool)
            .Order());
    }

    [Theory]
    [InlineData("wct_open_options")]
    [InlineData("wct_options")]
    public void LibwctHasThem(string name)
    {
        string header = File.ReadAllText(Path.Combine(Shared.Root, "include", "wct.h"));
        string body = Regex.Match(header, $@"typedef struct {name} {{(.*?)}} {name};", RegexOptions.Singleline).Groups[1].Value;
        string[] fields = [.. Field().Matches(body).Select(match => match.Groups[1].Value)];
        Assert.Contains("size", fields);
        Option[] table = name == "wct_open_options" ? Load : Stylize;
        Assert.Equal(fields.Except(OfC).Order(), Present(table, option => option.Native).Order());
    }

    [Fact]
    public void TheClientHasThem()
    {
        Assert.Equal(Properties(typeof(Bindings.LoadOptions)), Present(Load, option => option.Client).Order());
        Assert.Equal(Properties(typeof(Bindings.StylizeOptions)), Present(Stylize, option => option.Client).Order());
    }

    private static IEnumerable<string> Present(Option[] table, Func<Option, string> surface) =>
        table.Select(surface).Where(name => !name.StartsWith('!'));

    private static IEnumerable<string> Properties(Type type) => type.GetProperties().Select(property => property.Name).Order();

    [GeneratedRegex(@"^    [\w ]+?[ *](\w+);", RegexOptions.Multiline)]
    private static partial Regex Field();

    private sealed record Option(string Library, string Tool, string Native, string Client);
}
