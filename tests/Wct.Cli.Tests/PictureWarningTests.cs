using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Tests that damaged pictures are used with a warning, or refused on request, and that a picture's metadata goes into the
/// result.</summary>
public sealed class PictureWarningTests(TinyModel model)
{
    [Theory]
    [InlineData("c.jpg", "s.png", 24)]
    [InlineData("s.png", "c.jpg", 24)]
    [InlineData("c.jpg", "c.jpg", 24)]
    [InlineData("c.jpg", "s.png", 2100)]
    public void DamageIsReportedOncePerFile(string content, string style, int side)
    {
        using TemporaryFolder folder = new();
        Prepare(folder, side);
        Outcome outcome = Run(folder, content, style, "--style-size", "24", "--size", side > 2048 ? $"{side}" : "24");
        Assert.Equal((ExitCode.Done, "wct: warning: c.jpg: truncated: no end-of-image marker\n"), (outcome.ExitCode, outcome.Error));
        Assert.True(File.Exists(folder.File("out.png")));
    }

    [Fact]
    public void StrictRefusesDamage()
    {
        using TemporaryFolder folder = new();
        Prepare(folder, 24);
        Outcome outcome = Run(folder, "c.jpg", "s.png", "--strict");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches("^wct: c.jpg: truncated: no end-of-image marker [^\n]+\n$", outcome.Error);
        Assert.False(File.Exists(folder.File("out.png")));
        Assert.Equal(ExitCode.Done, Run(folder, "s.png", "s.png", "--strict").ExitCode);
    }

    [Theory]
    [InlineData("out.png", true)]
    [InlineData("out.jpg", true)]
    [InlineData("out.png", false)]
    public void MetadataIsCopiedUnlessStripped(string output, bool carried)
    {
        using TemporaryFolder folder = new();
        byte[] profile = new byte[132];
        (profile[3], profile[7]) = (132, 2);
        "RGB "u8.CopyTo(profile.AsSpan(16));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        byte[] exif = TestExif.Numeric(type: 3, count: 1, value: 1, littleEndian: false);
        ImageMetadata metadata = new() { Exif = exif, IccProfile = profile };
        ImageFile.Write(folder.File("c.jpg"), new PixelImage(24, 20, PixelLayout.Rgb24), new() { Metadata = metadata });
        TestPictures.Write(folder, "s.png", 24, 20);
        string[] strip = carried ? [] : ["--strip-metadata"];
        Outcome outcome = WctProcess.Run(
            folder.Path, ["stylize", "c.jpg", "s.png", "-w", model.TwoLevels, "-o", output, "--quiet", .. strip]);
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        using ImageReader reader = ImageFile.Open(folder.File(output));
        Assert.Equal(carried ? exif : [], reader.Metadata.Exif.ToArray());
        Assert.Equal(carried ? profile : [], reader.Metadata.IccProfile.ToArray());
    }

    private Outcome Run(TemporaryFolder folder, string content, string style, params string[] more) =>
        WctProcess.Run(folder.Path, ["stylize", content, style, "-w", model.TwoLevels, "-l", "1", "-o", "out.png", "--quiet", .. more]);

    private static void Prepare(TemporaryFolder folder, int side)
    {
        TestPictures.Write(folder, "s.png", 24, 20);
        ImageFile.Write(folder.File("c.jpg"), new PixelImage(side, side, PixelLayout.Rgb24));
        File.WriteAllBytes(folder.File("c.jpg"), File.ReadAllBytes(folder.File("c.jpg"))[..^2]);
    }
}
