using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Runs the README's first command with the arguments shown there: on pictures in the repository, without weights.</summary>
public class ReadmeCommandTests
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
    [Fact]
    public void TheOtherCommandsAreValidUsage()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the README's shell is none of Windows'");
        string readme = File.ReadAllText(Path.Combine(Shared.Root, "README.md"));
        string[] commands = [.. readme.Split("```sh\n")[1..].SelectMany(block => block.Split("```")[0].Split('\n'))
            .Where(line => line.StartsWith("wct ", StringComparison.Ordinal))];
        Assert.True(commands.Length > 12, $"{commands.Length} commands");
        foreach (string command in commands.Where(command => !command.StartsWith("wct weights random", StringComparison.Ordinal)))
        {
            using TemporaryFolder folder = new();
            Outcome outcome = WctProcess.RunThrough(folder.Path, $"host=$1; tool=$2; wct() {{ \"$host\" \"$tool\" \"$@\"; }}; {command}");
            Assert.True(outcome.ExitCode is ExitCode.Done or ExitCode.Failed, $"{command}: {outcome.ExitCode} {outcome.Error}");
        }
    }

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
