using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Tests that colors have no influence where alpha is 0.</summary>
public sealed class TransparencyTests(TinyModel model)
{
    [Theory]
    [InlineData("0")]
    [InlineData("24")]
    public void HiddenColorsHaveNoInfluence(string side)
    {
        using TemporaryFolder folder = new();
        WriteCutout(folder, "black.png", 60, 45, 0);
        WriteCutout(folder, "white.png", 60, 45, 255);
        TestPictures.Write(folder, "opaque.png", 40, 50);
        Assert.Equal(Stylize(folder, "black.png", "opaque.png", side), Stylize(folder, "white.png", "opaque.png", side));
        Assert.Equal(Stylize(folder, "opaque.png", "black.png", side), Stylize(folder, "opaque.png", "white.png", side));
    }

    // The cases cover a batch, in which the tool chooses the results' names, and a painting read as a whole and row by row.
    [Theory]
    [InlineData("s.png", "o.png", 20)]
    [InlineData("s.*", "out", 20)]
    [InlineData("s.png", "o.png", 2100)]
    public void AnInvisibleStyleIsRefused(string style, string output, int side)
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("s.png"), new PixelImage(side, side, PixelLayout.Rgba32));
        Outcome outcome = WctProcess.Run(
            folder.Path, "stylize", TestPictures.Write(folder, "c.png", 20, 20), style, "-o", output, "-w", model.TwoLevels);
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Equal(
            $"wct: s.png: the style has no visible pixel: alpha is 0 at each of its {side}x{side} pixels{Environment.NewLine}",
            outcome.Error);
        Assert.Equal(
            ["c.png", "s.png"],
            Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("style")]
    public void HiddenColorsOfTheSharedPicturesHaveNoInfluence(string role)
    {
        string black = Shared.Path("bugs/cutout-hidden-black.png"), white = Shared.Path("bugs/cutout-hidden-white.png"),
            other = Shared.Path("bugs/style.png");
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
        return ImageFile.Read(folder.File("o.png")).Bytes;
    }

    private static void WriteCutout(TemporaryFolder folder, string name, int width, int height, byte hidden)
    {
        PixelImage bitmap = new(width, height, PixelLayout.Rgba32);
        Random random = new(1);
        for (int i = 0; i < width * height; i++)
        {
            int y = i / width - height / 2, x = i % width - width / 2;
            bool visible = x * x + y * y < height * height / 6;
            for (int c = 0; c < 3; c++)
            {
                int level = 100 + 5 * (c == 0 ? x : y) % 100 + random.Next(50);
                bitmap.Bytes[4 * i + c] = visible ? (byte)level : hidden;
            }

            bitmap.Bytes[4 * i + 3] = visible ? byte.MaxValue : (byte)0;
        }

        ImageFile.Write(folder.File(name), bitmap);
    }
}
