using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>Tests that the code shown in readmes is, line by line, part of programs that tests build and run.</summary>
public partial class ReadmeTests
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
        // The readmes of the command line tool and of the templates show commands instead.
        if (readme is "src/Wct.Cli/PACKAGE.md" or "src/Wct.Templates/PACKAGE.md")
            Assert.Contains("```", text);
        else
            Assert.InRange(blocks, 1, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void AReadmeHasOnePictureAndNoRelativeLinks(string readme)
    {
        string path = Path.Combine(Shared.Root, readme), text = File.ReadAllText(path);
        // Packing makes addresses of pictures. Other relative links lead nowhere outside of the repository.
        string picture = Assert.Single(Picture().Matches(text)).Groups[1].Value;
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, picture)), picture);
        Assert.StartsWith("../../docs/gallery/", picture);
        text = Picture().Replace(text, "");
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
        Assert.Equal(6, AssertShown(text, programs));
        foreach (string name in new[] { "AspNetEndpoint", "BgraBuffers", "IlgpuAccelerator", "SkiaBitmaps", "ImageSharpImages" })
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

    [GeneratedRegex(@"^!\[[^\]]+\]\(([^)]+)\)$", RegexOptions.Multiline)]
    private static partial Regex Picture();
}
