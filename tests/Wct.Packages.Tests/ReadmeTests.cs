namespace Wct.Packages.Tests;

/// <summary>Tests that the code shown in readmes is, line by line, part of programs that tests build and run.</summary>
public class ReadmeTests
{
    public static TheoryData<string> Packages =>
    [
        .. Directory.GetFiles(Path.Combine(Shared.Root, "src"), "PACKAGE.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Shared.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void CodeInAPackagesReadmeIsTested(string readme)
    {
        string text = File.ReadAllText(Path.Combine(Shared.Root, readme)).ReplaceLineEndings("\n");
        int blocks = AssertShown(text, Directory.GetFiles(Path.Combine(Shared.Root, "tests", "Wct.Packages.Tests", "Programs")));
        // The command line tool's readme shows commands instead.
        if (readme == "src/Wct.Cli/PACKAGE.md")
            Assert.Contains("```", text);
        else
            Assert.InRange(blocks, 1, int.MaxValue);
        // Package readmes are shown outside the repository, where relative links lead nowhere.
        Assert.DoesNotContain("](..", text);
        Assert.DoesNotContain("](docs", text);
    }

    [Fact]
    public void CodeInTheEmbeddingSectionIsTested()
    {
        string text = File.ReadAllText(Path.Combine(Shared.Root, "README.md")).ReplaceLineEndings("\n").Split("\n## Embedding\n")[1]
            .Split("\n## ")[0];
        string[] programs =
        [
            .. Directory.GetFiles(Path.Combine(Shared.Root, "examples"), "Program.cs", SearchOption.AllDirectories),
            Path.Combine(Shared.Root, "tests", "Wct.Packages.Tests", "Programs", "Client.cs"),
        ];
        Assert.Equal(4, AssertShown(text, programs));
        foreach (string name in new[] { "AspNetEndpoint", "BgraBuffers", "IlgpuAccelerator" })
            Assert.Contains($"(examples/{name}/Program.cs)", text);
    }

    [Fact]
    public void ExamplesAreShort() => Assert.All(
        Directory.GetFiles(Path.Combine(Shared.Root, "examples"), "Program.cs", SearchOption.AllDirectories),
        path => Assert.InRange(File.ReadAllLines(path).Length, 10, 99));

    private static int AssertShown(string readme, string[] programs)
    {
        string[] sources = [.. programs.Select(path => Lines(File.ReadAllText(path)))];
        string[] blocks = [.. readme.Split("```csharp\n").Skip(1).Select(block => Lines(block.Split("```")[0]))];
        Assert.All(blocks, block => Assert.True(sources.Any(source => source.Contains(block, StringComparison.Ordinal)), block));
        return blocks.Length;
    }

    // Drops indentation, empty lines and using directives, which are elsewhere in a complete program.
    private static string Lines(string text) => string.Concat(text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
        .Where(line => line.Length > 0 && !IsNamespace(line)).Select(line => line + "\n"));

    private static bool IsNamespace(string line) =>
        line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=');
}
