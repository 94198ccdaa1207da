using Wct.Imaging;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Builds and runs the README's examples as it describes.</summary>
public sealed class ExampleTests
{
    private const int MostLines = 100;

    // The README's blocks of a language show these files, in this order.
    private static readonly (string File, string Language, int Block)[] Sources =
        [("stylize.c", "c", 1), ("recipe.c", "c", 2), ("stylize.py", "python", 1)];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static string Folder => Path.Combine(Shared.Root, "examples");

    [Fact]
    public void TheCExampleWorks()
    {
        using TemporaryFolder folder = new();
        BuildC(folder);
        WritePictures(folder, 48);
        string text = Programs.Succeed(Limit, folder.Path, folder.File("stylize"), "photo.ppm", "painting.ppm", "out.ppm");
        Assert.Contains("100%", text, StringComparison.Ordinal);
        AssertStylized(folder);
        (int status, string problem) = Programs.Run(Limit, folder.Path, folder.File("stylize"), "photo.ppm", "missing.ppm", "out.ppm");
        Assert.Equal((1, "stylize: missing.ppm: can't be opened\n"), (status, problem));
    }

    [Fact]
    public void ValgrindFindsNoErrorsInTheCExample()
    {
        Programs.Need("valgrind", "valgrind");
        using TemporaryFolder folder = new();
        BuildC(folder);
        WritePictures(folder, 20);
        string text = Programs.Succeed(
            Limit, folder.Path, "valgrind", "--leak-check=full", "--errors-for-leak-kinds=definite", "--error-exitcode=9",
            folder.File("stylize"),
            "photo.ppm", "painting.ppm", "out.ppm");
        Assert.Contains("definitely lost: 0 bytes in 0 blocks", text, StringComparison.Ordinal);
        Assert.Contains("ERROR SUMMARY: 0 errors", text, StringComparison.Ordinal);
        AssertStylized(folder);
    }

    [Fact]
    public void ThePythonExampleGivesTheCExamplesPicture()
    {
        Programs.Need("python3", "python3");
        using TemporaryFolder folder = new();
        BuildC(folder);
        WritePictures(folder, 48);
        Programs.Succeed(Limit, folder.Path, folder.File("stylize"), "photo.ppm", "painting.ppm", "c.ppm");
        Programs.Succeed(
            Limit, folder.Path, "python3", "-I", Path.Combine(Folder, "stylize.py"), folder.File("libwct.so"), "photo.ppm", "painting.ppm",
            "out.ppm");
        AssertStylized(folder);
        Assert.Equal(File.ReadAllBytes(folder.File("c.ppm")), File.ReadAllBytes(folder.File("out.ppm")));
    }

    [Fact]
    public void ExamplesAreShort() => Assert.All(Sources, example =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Folder, example.File)).Length, 1, MostLines - 1));

    [Fact]
    public void TheReadmeShowsTheExamples()
    {
        string readme = File.ReadAllText(Path.Combine(Shared.Root, "README.md"));
        Assert.All(Sources, example =>
        {
            Assert.Contains($"(examples/{example.File})", readme, StringComparison.Ordinal);
            string block = readme.Split($"```{example.Language}\n")[example.Block].Split("```")[0];
            string[] shown = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(shown);
            Assert.Subset(
                File.ReadAllLines(Path.Combine(Folder, example.File)).Select(line => line.Trim()).ToHashSet(),
                shown.Select(line => line.Trim()).ToHashSet());
        });
    }

    [Fact]
    public void TheRecipeExampleWorks()
    {
        using TemporaryFolder folder = new();
        BuildC(folder, "recipe");
        WritePictures(folder, 48);
        File.WriteAllText(folder.File("recipe.json"), """
            {"content": {"file": "photo.ppm", "size": 30}, "styles": [{"file": "painting.ppm"}], "preserveColor": "luminance"}
            """);
        Programs.Succeed(Limit, folder.Path, folder.File("recipe"), "photo.ppm", "recipe.json", "out.ppm");
        PixelImage result = ImageFile.Read(folder.File("out.ppm"));
        Assert.Equal((33, 30), (result.Width, result.Height));
        Assert.True(result.Bytes.Distinct().Count() > 32, "a picture of one color would show nothing");
        File.WriteAllText(folder.File("recipe.json"), """{"styles": [{"file": "missing.png"}]}""");
        (int status, string problem) = Programs.Run(Limit, folder.Path, folder.File("recipe"), "photo.ppm", "recipe.json", "out.ppm");
        Assert.Equal((1, "recipe: recipe.json: missing.png: no such file.\n"), (status, problem));
    }

    internal static void BuildC(TemporaryFolder folder, string name = "stylize")
    {
        string library = Published.Library;
        Programs.Need("gcc", "gcc");
        File.Copy(library, folder.File("libwct.so"));
        Programs.Succeed(
            Limit, folder.Path, "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I", Published.Include,
            Path.Combine(Folder, $"{name}.c"),
            "-L.", "-l:libwct.so", "-Wl,-rpath,$ORIGIN", "-o", name);
    }

    internal static void WritePictures(TemporaryFolder folder, int side)
    {
        ImageFile.Write(folder.File("photo.ppm"), Pictures.Textured(side, side - 5));
        ImageFile.Write(folder.File("painting.ppm"), Pictures.Textured(side - 3, side, 2));
    }

    private static void AssertStylized(TemporaryFolder folder)
    {
        PixelImage photo = ImageFile.Read(folder.File("photo.ppm")), result = ImageFile.Read(folder.File("out.ppm"));
        Assert.Equal((photo.Width, photo.Height), (result.Width, result.Height));
        Assert.NotEqual(photo.Bytes, result.Bytes);
        Assert.True(result.Bytes.Distinct().Count() > 32, "a picture of one color would show nothing");
    }
}
