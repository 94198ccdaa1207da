using Wct.Imaging;
using Wct.Net;
using Wct.Net.Tests.Networks;
using Wct.Net.Transforms;

namespace Wct.Cli.Tests;

/// <summary>Compiles and runs the code in the README's section about programs, and in the page about networks.</summary>
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
    public void TheControlsRun()
    {
        using StyleTransfer transfer = StyleTransfer.Load();
        PixelImage photo = new(40, 30), first = new(48, 40), second = new(40, 48);
        new Random(2).NextBytes(photo.Bytes);
        new Random(3).NextBytes(first.Bytes);
        byte[] upper = new byte[photo.Width * photo.Height];
        upper.AsSpan(0, upper.Length / 2).Fill(byte.MaxValue);
        StyleMask sky = new(upper, photo.Width, photo.Height),
            ground = new(Array.ConvertAll(upper, share => (byte)(byte.MaxValue - share)), photo.Width, photo.Height);
        PixelImage[] results = Controls(transfer, photo, first, second, sky, ground);
        Assert.Equal([(40, 30), (40, 30), (512, 256)], results.Select(result => (result.Width, result.Height)));
        Assert.NotEqual(results[0].Bytes, results[1].Bytes);
    }

    [Fact]
    public void TheNetworksRun()
    {
        using TemporaryFolder folder = new();
        PixelImage photo = Pictures.Textured(40, 30);
        ImageFile.Write(folder.File("photo.jpg"), photo);
        SmallStyleNetworks.Style().Save(folder.File("wave.safetensors"));
        using StyleNetwork paintings = new(SmallStyleNetworks.Style(styles: 2)), marble = new(SmallStyleNetworks.Texture());
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            PixelImage[] results = Networks(paintings, marble, photo);
            Assert.Equal([(40, 30), (40, 30), (1024, 512)], results.Select(result => (result.Width, result.Height)));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Theory]
    [InlineData("README.md", 1, nameof(Example))]
    [InlineData("README.md", 2, nameof(Controls))]
    [InlineData("docs/networks.md", 1, nameof(Networks))]
    public void ThePageShowsThisCode(string page, int block, string method)
    {
        string readme = File.ReadAllText(Path.Combine(Shared.Root, page));
        string shown = readme.Split("```csharp\n")[block].Split("```")[0];
        string[] source = File.ReadAllLines(Path.Combine(Shared.Root, "tests", "Wct.Cli.Tests", "ReadmeExampleTests.cs"));
        // The method's body without its last line if that returns something.
        IEnumerable<string> body = source
            .SkipWhile(line => !(line.StartsWith("    private static ") && line.Contains($" {method}(")))
            .SkipWhile(line => line != "    {").Skip(1)
            .TakeWhile(line => line != "    }" && !line.StartsWith("        return "));
        Assert.Equal(shown.TrimEnd().Split('\n'), body.Select(line => line.Length > 8 ? line[8..] : ""));
    }

    private static PixelImage[] Networks(StyleNetwork paintings, StyleNetwork marble, PixelImage photo)
    {
        using StyleNetwork network = StyleNetwork.Load("wave.safetensors");
        PixelImage fast = network.Apply(ImageFile.Read("photo.jpg"));
        PixelImage mixed = paintings.Apply(photo, new StyleNetworkOptions { StyleWeights = [0.3, 0.7] });
        PixelImage texture = marble.Synthesize(1024, 512, new StyleNetworkOptions { Seed = 7 });
        return [fast, mixed, texture];
    }

    private static void Example()
    {
        using StyleTransfer transfer = StyleTransfer.Load();

        // Measured once, used for any number of photos.
        PreparedStyle painting = transfer.PrepareStyle(ImageFile.Read("painting.jpg"));
        PixelImage result = transfer.Stylize(ImageFile.Read("photo.jpg"), painting, new StylizeOptions { Strength = 0.8 });
        ImageFile.Write("out.png", result);
    }

    private static PixelImage[] Controls(
        StyleTransfer transfer, PixelImage photo, PixelImage first, PixelImage second, StyleMask sky, StyleMask ground)
    {
        StylizeOptions options = new()
        {
            Strength = 0.8,
            Levels = [new(5) { Strength = 0.4 }, new(4) { Transform = FeatureTransform.StyleSwap }, 3, 2, 1],
            PreserveColor = ColorPreservation.Luminance,
        };
        PreparedStyle night = transfer.PrepareStyle(first, options), wave = transfer.PrepareStyle(second, options);
        PreparedStyle mixed = PreparedStyle.Mix([(night, 0.7), (wave, 0.3)]);
        PixelImage both = transfer.Stylize(photo, mixed, options);
        StyleRegion above = new(sky, night), below = new(ground, wave) { Strength = 0.5 };
        PixelImage regions = transfer.Stylize(photo, [above, below], options);
        PixelImage texture = transfer.Synthesize(mixed, width: 512, height: 256, new TextureOptions { Seed = 7, Tileable = true });
        return [both, regions, texture];
    }
}

/// <summary>Runs alone, because the program reads and writes in the current folder, which is the same for the whole process.</summary>
[CollectionDefinition(nameof(ReadmeExampleTests), DisableParallelization = true)]
public class ReadmeExampleCollection;
