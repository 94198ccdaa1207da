using Wct.Cli.Sheets;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests.Sheets;

/// <summary>Runs the commands that draw sheets.</summary>
public sealed class SheetCommandTests(TinyModel model)
{
    private const int Cell = 100, Margin = 10, Gap = 3;

    // Corners at least are the pictures of one style.
    [Fact]
    public void AGridsCornersAreNamed()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        Directory.CreateDirectory(folder.File("of"));
        File.Copy(folder.File("s.png"), folder.File("of/s.png"));
        string[] styles = ["of/s.png", "t.png", "a style with a very long name.png", "s.png"];
        File.Copy(folder.File("t.png"), folder.File(styles[2]));
        PixelImage two = Sheet(folder, ["grid", "c.png", .. styles[..2], "--steps", "2"]);
        PixelImage four = Sheet(folder, ["grid", "c.png", .. styles, "--steps", "2"]);
        int right = Margin + 2 * Cell + Gap;
        AssertText(two, "s", Margin, Margin);
        AssertText(two, "t", right - BitmapFont.Measure("t"), Margin);
        int left = four.Width - Margin - 2 * Cell - Gap, bottom = four.Height - Margin - BitmapFont.Height;
        right = four.Width - Margin;
        string name = BitmapFont.Shorten(styles[2][..^4], (right - left - 10) / 2);
        Assert.Contains("...", name);
        AssertText(four, "s", left, Margin);
        AssertText(four, "t", right - BitmapFont.Measure("t"), Margin);
        AssertText(four, name, left, bottom);
        AssertText(four, "s", right - BitmapFont.Measure("s"), bottom);
    }

    [Fact]
    public void AStyleIsMeasuredWithItsOwnMask()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        foreach ((string name, int first) in ((string, int)[])[("left.pgm", 0), ("right.pgm", 10)])
        {
            PixelImage mask = new(20, 20, PixelLayout.Gray8);
            for (int y = 0; y < 20; y++)
                mask.Row(y).Slice(first, 10).Fill(byte.MaxValue);
            ImageFile.Write(folder.File(name), mask);
        }

        string[] command = ["grid", "c.png", "s.png", "s.png", "--steps", "2", "--alpha", "1"];
        (PixelImage First, PixelImage Last) same = Ends([]), masked = Ends(["--style-mask", "left.pgm", "--style-mask", "right.pgm"]);
        Assert.Equal(same.First.Bytes, same.Last.Bytes);
        Assert.NotEqual(masked.First.Bytes, masked.Last.Bytes);

        (PixelImage First, PixelImage Last) Ends(string[] masks)
        {
            PixelImage sheet = Sheet(folder, [.. command, .. masks]);
            int top = sheet.Height - Margin - Cell;
            return (Part(sheet, Margin, top, Cell, Cell), Part(sheet, Margin + Cell + Gap, top, Cell, Cell));
        }
    }

    [Theory]
    [InlineData("compare", false)]
    [InlineData("grid", false)]
    [InlineData("style save", false)]
    [InlineData("stylize", true)]
    [InlineData("texture", true)]
    public void OnlyCommandsWithMetadataStripIt(string command, bool has)
    {
        string help = WctProcess.Run(Path.GetTempPath(), [.. command.Split(' '), "--help"]).Output;
        Assert.Equal(has, help.Contains("--strip-metadata", StringComparison.Ordinal));
        Assert.Equal(has, help.Contains("the recipe, out of the result", StringComparison.Ordinal)
            || help.ReplaceLineEndings(" ").Contains("recipe, out", StringComparison.Ordinal));
    }

    private static void Prepare(TemporaryFolder folder)
    {
        TestPictures.Write(folder, "c.png", 32, 32);
        // The left half is dark, and the right one is light.
        PixelImage style = Pictures.Textured(20, 20);
        for (int i = 0; i < style.Bytes.Length; i++)
            style.Bytes[i] = (byte)(style.Bytes[i] / 2 + (i / 3 % 20 < 10 ? 0 : 127));
        ImageFile.Write(folder.File("s.png"), style);
        TestPictures.Write(folder, "t.png", 22, 20);
    }

    private PixelImage Sheet(TemporaryFolder folder, string[] command)
    {
        Outcome outcome = WctProcess.Run(
            folder.Path, [.. command, "-w", model.TwoLevels, "--cell", $"{Cell}", "-o", "sheet.png", "-q"]);
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        return ImageFile.Read(folder.File("sheet.png")).ToRgb();
    }

    private static void AssertText(PixelImage sheet, string text, int left, int top)
    {
        PixelImage expected = Pictures.Constant(BitmapFont.Measure(text), BitmapFont.Height, 246);
        BitmapFont.Draw(expected, 0, 0, text, Rgb.Gray(24));
        Assert.Equal(expected.Bytes, Part(sheet, left, top, expected.Width, expected.Height).Bytes);
    }

    private static PixelImage Part(PixelImage sheet, int left, int top, int width, int height)
    {
        PixelImage part = new(width, height);
        for (int y = 0; y < height; y++)
            sheet.Row(top + y).Slice(3 * left, 3 * width).CopyTo(part.Row(y));
        return part;
    }
}
