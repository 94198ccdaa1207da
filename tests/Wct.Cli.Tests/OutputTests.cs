using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Tests where the result is written, and what is printed.</summary>
public sealed class OutputTests(TinyModel model)
{
    [Theory]
    [InlineData("photo.png", PixelLayout.Rgb24, "photo-brush.png")]
    [InlineData("photo.PPM", PixelLayout.Rgb24, "photo-brush.PPM")]
    [InlineData("photo.ppm", PixelLayout.Rgba32, "photo-brush.png")]
    [InlineData("photo.pgm", PixelLayout.Gray8, "photo-brush.png")]
    [InlineData("photo.JPEG", PixelLayout.Rgb24, "photo-brush.JPEG")]
    [InlineData("photo.heic", PixelLayout.Rgb24, "photo-brush.png")]
    [InlineData("/photos/of.me/photo", PixelLayout.Rgb24, "photo-brush.png")]
    [InlineData("../photo.v2.ppm", PixelLayout.Gray8, "photo.v2-brush.ppm")]
    public void DefaultName(string content, PixelLayout format, string expected) =>
        Assert.Equal(expected, Stylize.OutputFile.DefaultName(content, ["paintings.old/brush.jpg"], format));

    [Fact]
    public void TheDefaultOutputIsInTheCurrentFolder()
    {
        using TemporaryFolder photos = new(), current = new();
        TestPictures.Write(photos, "photo.ppm", 20, 20);
        Outcome outcome = WctProcess.Run(
            current.Path, "stylize", photos.File("photo.ppm"), photos.File("photo.ppm"), "-w", model.Path, "-q");
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        Assert.Equal(["photo-photo.ppm"], Directory.EnumerateFileSystemEntries(current.Path).Select(Path.GetFileName));
        Assert.Single(Directory.EnumerateFileSystemEntries(photos.Path));
    }

    [Fact]
    public void OnePicturePrintsOneLine()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 20, 30);
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", "c.png", "c.png", "-w", model.Path, "-l", "21", "-o", "out.png");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"\Aout\.png: 20x30, 2 levels, \d+\.\d\d s\r?\n\z", outcome.Output);
    }

    [Fact]
    public void LowerJpegQualityGivesASmallerFile()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.jpg", 64, 64);
        long Length(string quality)
        {
            Outcome outcome = WctProcess.Run(folder.Path, "stylize", "c.jpg", "c.jpg", "-w", model.Path, "-q", "--quality", quality);
            Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
            return new FileInfo(folder.File("c-c.jpg")).Length;
        }

        Assert.True(Length("20") < Length("95"));
    }

    [Fact]
    public void NamesMayLookLikeOptionsAndResponseFiles()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "@c.png", 20, 30);
        TestPictures.Write(folder, "-s.png", 20, 30);
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", "-w", model.Path, "-q", "-o", "out.png", "--", "@c.png", "-s.png");
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        PixelImage result = ImageFile.Read(folder.File("out.png"));
        Assert.Equal((20, 30), (result.Width, result.Height));
    }
}
