using Wct.Cli;
using Wct.Cli.Stylize;
using Wct.Imaging;
using Wct.Net;
using Pictures = Wct.Cli.Stylize.Pictures;

namespace Wct.FormatRegistry.Tests;

/// <summary>Tests that the tool's types support a format that is defined outside the library.</summary>
public class ToyPipelineTests
{
    [Fact]
    public void APictureIsStylizedFromFileToFile()
    {
        using TemporaryFolder folder = new();
        string photo = folder.File("photo.toy"), painting = folder.File("painting.toy"), result = folder.File("out.toy");
        ImageFile.Write(photo, ToyFileTests.Noise(40, 30, PixelLayout.Rgb24));
        ImageFile.Write(painting, ToyFileTests.Noise(33, 35, PixelLayout.Rgb24));
        using StyleTransfer transfer = StyleTransfer.Load();
        StylizeOptions options = new() { Levels = [1] };
        PixelImage expected = transfer.Stylize(ImageFile.Read(photo), ImageFile.Read(painting), options);
        PictureWarnings warnings = new();
        using PictureRows content = Pictures.Open(photo, 0, new ImageReadOptions(), null, warnings);
        using PictureRows style = Pictures.Open(painting, 0, new ImageReadOptions(), null, warnings);
        using ResultRows rows = new(result, content.Width, content.Height, content.Layout, new ToyWriteOptions());
        transfer.Stylize(content, style, rows, options);
        rows.Complete();
        Assert.Equal(expected.Bytes, ImageFile.Read(result).Bytes);
        Assert.True(File.ReadAllBytes(result).AsSpan().StartsWith("TOY!"u8));
    }

    [Fact]
    public void FoldersAndResultNamesSupportTheFormat()
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("a.toy"), ToyFileTests.Noise(4, 3, PixelLayout.Rgb24));
        Assert.Equal([folder.File("a.toy")], PictureList.Of(folder.Path, CancellationToken.None).Files);
        Assert.Equal("a-b.toy", OutputFile.DefaultName("a.toy", ["b.png"], PixelLayout.Rgb24));
        Assert.Null(OutputFile.Problem("x.toy", many: false));
    }

    [Fact]
    public void TheToolsLimitsApply()
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("a.toy"), ToyFileTests.Noise(4, 3, PixelLayout.Rgb24));
        ImageReadOptions limits = new() { MaxPixels = 11 };
        Assert.Contains(
            "12 pixels", Assert.Throws<ImageFormatException>(() => Pictures.Open(folder.File("a.toy"), 0, limits, null, new())).Message);
    }
}
