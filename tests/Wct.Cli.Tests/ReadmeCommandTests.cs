using System.Text.RegularExpressions;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Runs the README's first command with the arguments shown there, on pictures in the repository and without weights. Checks the
/// other commands of the README and of the pages about controls.</summary>
public partial class ReadmeCommandTests
{
    private const string Start = "dotnet run -c Release --project src/Wct.Cli -- ", Samples = "samples/";

    [Fact]
    public void TheFirstCommandTransfersTheStyle()
    {
        string readme = File.ReadAllText(Path.Combine(Shared.Root, "README.md"));
        string first = readme.Split("```sh\n")[1].Split('\n')[0];
        Assert.StartsWith(Start, first, StringComparison.Ordinal);
        string[] shown = first[Start.Length..].Split(' ');
        string[] arguments =
            [.. shown.Select(word => word.StartsWith(Samples, StringComparison.Ordinal) ? Path.Combine(Shared.Root, word) : word)];
        Assert.DoesNotContain("--weights", arguments);

        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, arguments);
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        PixelImage content = ImageFile.Read(arguments[1]), result = ImageFile.Read(folder.File(shown[^1]));
        Assert.Equal((content.Width, content.Height), (result.Width, result.Height));
        // The mean color is closer to the painting's than to the photo's, and light parts of the photo are light in the result.
        double[] photo = Means(content), painting = Means(ImageFile.Read(arguments[2])), mixed = Means(result);
        Assert.True(Distance(mixed, painting) < Distance(mixed, photo), string.Join(' ', mixed));
        Assert.InRange(Correlation(content.ToRgb().Bytes, result.ToRgb().Bytes), 0.3, 0.99);
    }

    // They fail because the files that they name don't exist, but none is wrong usage.
    [Theory]
    [InlineData("README.md", 30)]
    [InlineData("docs/gallery.md", 25)]
    [InlineData("docs/networks.md", 7)]
    [InlineData("docs/recipes.md", 5)]
    [InlineData("docs/page.md", 4)]
    [InlineData("docs/optimize.md", 5)]
    public void TheOtherCommandsAreValidUsage(string page, int least)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the README's shell is none of Windows'");
        string[] commands = Commands(page);
        Assert.True(commands.Length >= least, $"{commands.Length} commands");
        foreach (string command in commands.Where(command => !command.StartsWith("wct weights random", StringComparison.Ordinal)))
        {
            using TemporaryFolder folder = new();
            // The server would run until it is interrupted; without a model it ends at once.
            string end = command.StartsWith("wct serve", StringComparison.Ordinal) ? " -w none" : "";
            Outcome outcome = WctProcess.RunThrough(
                folder.Path, $"host=$1; tool=$2; wct() {{ \"$host\" \"$tool\" \"$@\"{end}; }}; {command}");
            Assert.True(outcome.ExitCode is ExitCode.Done or ExitCode.Failed, $"{command}: {outcome.ExitCode} {outcome.Error}");
        }
    }

    // The commands run in the root of the repository. What they read is there, or an earlier command has written it.
    [Fact]
    public void TheGallerysFilesExist()
    {
        string page = Text("docs/gallery.md");
        string[] inputs = [.. Sample().Matches(page).Select(match => match.Value).Distinct()],
            pictures = [.. Picture().Matches(page).Select(match => match.Value).Distinct()],
            results = [.. Commands("docs/gallery.md").SelectMany(line => Output().Matches(line).Select(match => match.Groups[1].Value))],
            files = [.. Directory.GetFiles(Path.Combine(Shared.Root, "docs", "gallery"), "*.jpg")];
        Assert.NotEmpty(inputs);
        Assert.All(inputs, name => Assert.True(File.Exists(Path.Combine(Shared.Root, name)), name));
        Assert.All(pictures, name => Assert.True(File.Exists(Path.Combine(Shared.Root, "docs", name)), name));
        // Each picture is the result of one command.
        Assert.All(pictures, name => Assert.Single(results, Path.GetFileName(name)));
        // The README begins with a picture of its own.
        Assert.Contains("(docs/gallery/example.jpg)", Text("README.md"), StringComparison.Ordinal);
        Assert.Equal(Names([.. pictures, "example.jpg"]), Names(files));
        Assert.InRange(files.Sum(path => new FileInfo(path).Length), 1, 1_700_000);
    }

    private static IEnumerable<string> Names(string[] paths) => paths.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Text(string page) => File.ReadAllText(Path.Combine(Shared.Root, page)).ReplaceLineEndings("\n");

    private static string[] Commands(string page) => [.. Text(page).Split("```sh\n")[1..]
        .SelectMany(block => block.Split("```")[0].Split('\n')).Where(line => line.StartsWith("wct ", StringComparison.Ordinal))];

    [GeneratedRegex(@"samples/[\w/]+\.\w+")]
    private static partial Regex Sample();

    [GeneratedRegex(@"gallery/[\w-]+\.jpg")]
    private static partial Regex Picture();

    [GeneratedRegex(@" -o (\S+)")]
    private static partial Regex Output();

    private static double[] Means(PixelImage picture) =>
        [.. Enumerable.Range(0, 3).Select(color => picture.ToRgb().Bytes.Where((_, i) => i % 3 == color).Average(value => (double)value))];

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double Correlation(byte[] a, byte[] b)
    {
        double meanA = a.Average(value => (double)value), meanB = b.Average(value => (double)value), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
            (ab, aa, bb) =
                (ab + (a[i] - meanA) * (b[i] - meanB), aa + (a[i] - meanA) * (a[i] - meanA), bb + (b[i] - meanB) * (b[i] - meanB));
        return ab / Math.Sqrt(aa * bb);
    }
}
