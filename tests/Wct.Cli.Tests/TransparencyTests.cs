using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Where alpha is 0, colors have no influence.</summary>
public sealed class TransparencyTests(TinyModel model)
{
    [Theory]
    [InlineData("0")]
    [InlineData("24")]
    public void HiddenColorsOfPhotoAndPaintingDoNotCount(string side)
    {
        using TemporaryFolder folder = new();
        WriteCutout(folder, "black.png", 60, 45, 0);
        WriteCutout(folder, "white.png", 60, 45, 255);
        TestPictures.Write(folder, "opaque.png", 40, 50);
        Assert.Equal(Stylize(folder, "black.png", "opaque.png", side), Stylize(folder, "white.png", "opaque.png", side));
        Assert.Equal(Stylize(folder, "opaque.png", "black.png", side), Stylize(folder, "opaque.png", "white.png", side));
    }

    [Fact]
    public void APaintingOfWhichNothingIsVisibleIsRefused()
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("s.png"), new Bitmap(20, 10, PixelFormat.Rgba32));
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", TestPictures.Write(folder, "c.png", 20, 20), "s.png", "-o", "o.png", "-w", model.Path);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("style has no visible pixel", outcome.Error);
        Assert.False(File.Exists(folder.File("o.png")));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("style")]
    public void TheSharedCutoutsGiveTheSamePicture(string role)
    {
        string black = Shared.Path("bugs/cutout-hidden-black.png"), white = Shared.Path("bugs/cutout-hidden-white.png"), other = Shared.Path("bugs/style.png");
        using TemporaryFolder folder = new();
        Assert.Equal(
            role == "content" ? Stylize(folder, black, other, "0", published: true) : Stylize(folder, other, black, "0", published: true),
            role == "content" ? Stylize(folder, white, other, "0", published: true) : Stylize(folder, other, white, "0", published: true));
    }

    private byte[] Stylize(TemporaryFolder folder, string content, string style, string side, bool published = false)
    {
        string[] chosen = published ? [] : ["-w", model.Path];
        string[] size = side == "0" ? [] : ["--size", side, "--style-size", side];
        Outcome outcome = WctProcess.Run(folder.Path, ["stylize", content, style, "-o", "o.png", "--quiet", .. chosen, .. size]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return ImageFile.Read(folder.File("o.png")).Pixels;
    }

    private static void WriteCutout(TemporaryFolder folder, string name, int width, int height, byte hidden)
    {
        Bitmap bitmap = new(width, height, PixelFormat.Rgba32);
        Random random = new(1);
        for (int i = 0; i < width * height; i++)
        {
            int y = i / width - height / 2, x = i % width - width / 2;
            bool visible = x * x + y * y < height * height / 6;
            for (int c = 0; c < 3; c++)
            {
                int level = 100 + 5 * (c == 0 ? x : y) % 100 + random.Next(50);
                bitmap.Pixels[4 * i + c] = visible ? (byte)level : hidden;
            }

            bitmap.Pixels[4 * i + 3] = visible ? byte.MaxValue : (byte)0;
        }

        ImageFile.Write(folder.File(name), bitmap);
    }
}
