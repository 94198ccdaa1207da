using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Compiles and runs the program in the README.</summary>
[Collection(nameof(ReadmeExampleTests))]
public class ReadmeExampleTests
{
    [Fact]
    public void TheProgramRuns()
    {
        using TemporaryFolder folder = new();
        PixelImage noise = new(40, 30, PixelLayout.Rgb24);
        new Random(1).NextBytes(noise.Bytes);
        ImageFile.Write(folder.File("photo.jpg"), noise);
        ImageFile.Write(folder.File("painting.jpg"), noise);
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            Example();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        PixelImage result = ImageFile.Read(folder.File("out.png"));
        Assert.Equal((40, 30), (result.Width, result.Height));
        Assert.NotEqual(noise.Bytes, result.Bytes);
    }

    [Fact]
    public void TheReadmeShowsThisProgram()
    {
        string readme = File.ReadAllText(Path.Combine(Shared.Root, "README.md"));
        string shown = readme.Split("```csharp\n")[1].Split("```")[0];
        string[] source = File.ReadAllLines(Path.Combine(Shared.Root, "tests", "Wct.Cli.Tests", "ReadmeExampleTests.cs"));
        IEnumerable<string> body = source.SkipWhile(
            line => !line.StartsWith("    private static void Example()")).Skip(2).TakeWhile(line => line != "    }");
        Assert.Equal(shown.TrimEnd().Split('\n'), body.Select(line => line.Length > 8 ? line[8..] : ""));
    }

    private static void Example()
    {
        using StyleTransfer transfer = StyleTransfer.Load();

        // Measured once, used for any number of photos.
        PreparedStyle painting = transfer.PrepareStyle(ImageFile.Read("painting.jpg"));
        PixelImage result = transfer.Stylize(ImageFile.Read("photo.jpg"), painting, new StylizeOptions { Strength = 0.8 });
        ImageFile.Write("out.png", result);
    }
}

/// <summary>Runs alone, because the program reads and writes in the current folder, which is the same for the whole process.</summary>
[CollectionDefinition(nameof(ReadmeExampleTests), DisableParallelization = true)]
public class ReadmeExampleCollection;
