using System.Text;
using Wct.Cli.Sheets;

namespace Wct.Cli.Tests.Sheets;

public class BitmapFontTests
{
    private const byte Paper = 200;

    private static readonly Rgb Ink = new(10, 120, 30);

    private static readonly string[] Printable = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => ((char)code).ToString())];

    [Fact]
    public void EveryGlyphIsDistinctAndOnlySpaceIsEmpty()
    {
        string[] glyphs = [.. Printable.Append("\u00e9").Select(Dots)];
        Assert.Equal(96, glyphs.Distinct().Count());
        Assert.Equal([" "], Printable.Where((_, i) => !glyphs[i].Contains('#')));
    }

    [Fact]
    public void MeasuredWidthsEqualDrawnOnes()
    {
        string[] texts = [.. Printable[1..], "landscape.jpg", "0.75 / 0.25", "(a) [b] {c}", "\u00e9t\u00e9", "W", "..."];
        foreach (string text in texts)
        {
            for (int scale = 1; scale <= 4; scale++)
            {
                int width = BitmapFont.Measure(text, scale);
                PixelImage image = Drawn(text, 7, 5, scale, width + 20);
                int[] columns =
                    [.. Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height).Any(y => IsDrawn(image, x, y)))];
                Assert.True((columns[0], columns[^1]) == (7, 7 + width - 1), $"'{text}' at scale {scale}: {columns[0]}..{columns[^1]}");
            }
        }

        Assert.Equal(0, BitmapFont.Measure(""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void NothingIsDrawnAboveOrBelowTheLine(int scale)
    {
        PixelImage image = Drawn(string.Concat(Printable), 3, 9, scale, 1000);
        int[] rows = [.. Enumerable.Range(0, image.Height).Where(y => Enumerable.Range(0, image.Width).Any(x => IsDrawn(image, x, y)))];
        Assert.Equal((9, 9 + BitmapFont.Height * scale - 1), (rows[0], rows[^1]));
    }

    [Theory]
    [InlineData(-5, -4)]
    [InlineData(20, 20)]
    [InlineData(-1000, 3)]
    [InlineData(3, 1000)]
    public void PartsOutsideOfThePictureAreLeftOut(int x, int y)
    {
        PixelImage small = Pictures.Constant(30, 25, Paper), large = Pictures.Constant(3000, 3000, Paper);
        BitmapFont.Draw(small, x, y, "Picture", Ink, 2);
        BitmapFont.Draw(large, 1200 + x, 1200 + y, "Picture", Ink, 2);
        for (int row = 0; row < small.Height; row++)
            Assert.Equal(large.Row(1200 + row).Slice(3 * 1200, 3 * small.Width).ToArray(), small.Row(row).ToArray());
    }

    [Fact]
    public void OtherCharactersAreHollowBoxes()
    {
        foreach (string text in (string[])["\u00e9", "\u4e2d", "\n", "\u007f", "\ud83d\ude00", "\ud83d"])
        {
            string[] rows = Dots(text).Split('\n');
            Assert.Equal("######", rows[1]);
            Assert.All(rows[2..9], row => Assert.Equal("#....#", row));
            Assert.Equal("######", rows[9]);
            Assert.Equal(6, BitmapFont.Measure(text));
        }
    }

    [Fact]
    public void ScaleOneHasOnlyTheColorAndTheBackground()
    {
        PixelImage image = Drawn(string.Concat(Printable), 0, 0, 1, 1000);
        for (int x = 0; x < image.Width * image.Height; x++)
        {
            byte[] pixel = image.Bytes[(3 * x)..(3 * x + 3)];
            Assert.True(pixel.SequenceEqual((byte[])[10, 120, 30]) || pixel.SequenceEqual((byte[])[Paper, Paper, Paper]));
        }
    }

    [Theory]
    [InlineData("H")]
    [InlineData("E")]
    [InlineData("T")]
    [InlineData("[")]
    public void GlyphsWithoutDiagonalsAreEnlargedExactly(string text)
    {
        const int Scale = 3;
        Glyph glyph = BitmapFont.Of(Rune.GetRuneAt(text, 0));
        for (int y = 0; y < BitmapFont.Height * Scale; y++)
        {
            for (int x = 0; x < glyph.Width * Scale; x++)
                Assert.Equal(glyph[x / Scale, y / Scale] ? 1 : 0, glyph.Coverage(x, y, Scale));
        }
    }

    [Fact]
    public void DiagonalsAreAsThickAsStraightLines()
    {
        const int Scale = 16;
        Glyph diagonal = new([.. Enumerable.Range(0, BitmapFont.Height).Select(i => new string('.', i) + '#' + new string('.', 12 - i))]);
        for (int y = 2 * Scale; y < 11 * Scale; y++)
        {
            double covered = Enumerable.Range(0, 13 * Scale).Sum(x => diagonal.Coverage(x, y, Scale));
            Assert.Equal(Math.Sqrt(2) * Scale, covered, 0.6);
        }
    }

    [Fact]
    public void TextThatFitsIsNotShortened()
    {
        foreach (string text in (string[])["", "a", "landscape.jpg", "\u00e9"])
            Assert.Equal(text, BitmapFont.Shorten(text, BitmapFont.Measure(text, 2), 2));
    }

    [Fact]
    public void TextIsShortenedInTheMiddleAsLittleAsNeeded()
    {
        const string Text = "a long name of a painting (1889).jpeg";
        int least = BitmapFont.Measure("...");
        for (int width = least; width < BitmapFont.Measure(Text); width++)
        {
            string shorter = BitmapFont.Shorten(Text, width);
            Assert.True(BitmapFont.Measure(shorter) <= width, shorter);
            int kept = shorter.Length - 3, head = (kept + 1) / 2, tail = kept / 2;
            Assert.Equal($"{Text[..head]}...{Text[^tail..]}", shorter);
            int more = kept + 1;
            Assert.True(BitmapFont.Measure($"{Text[..((more + 1) / 2)]}...{Text[^(more / 2)..]}") > width || more == Text.Length, shorter);
        }
    }

    [Fact]
    public void OnlyDotsRemainWhereNothingElseFits()
    {
        foreach (string dots in (string[])["...", "..", ".", ""])
            Assert.Equal(dots, BitmapFont.Shorten("painting", BitmapFont.Measure(dots)));
        Assert.Equal("", BitmapFont.Shorten("painting", -5));
    }

    [Fact]
    public void ShorteningKeepsCharactersOfTwoUnitsWhole()
    {
        string text = string.Concat(Enumerable.Repeat("\ud83d\ude00", 20));
        for (int width = 0; width < BitmapFont.Measure(text); width++)
            Assert.DoesNotContain(Rune.ReplacementChar, BitmapFont.Shorten(text, width).EnumerateRunes());
    }

    [Fact]
    public void OtherLayoutsAndScalesAreRefused()
    {
        PixelImage gray = new(10, 10, PixelLayout.Gray8);
        Assert.Contains("Gray8", Assert.Throws<ArgumentException>(() => BitmapFont.Draw(gray, 0, 0, "a", Ink)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BitmapFont.Draw(new PixelImage(10, 10), 0, 0, "a", Ink, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitmapFont.Measure("a", 0));
    }

    private static PixelImage Drawn(string text, int x, int y, int scale, int width)
    {
        PixelImage image = Pictures.Constant(width, 2 * y + BitmapFont.Height * scale + 5, Paper);
        BitmapFont.Draw(image, x, y, text, Ink, scale);
        return image;
    }

    private static bool IsDrawn(PixelImage image, int x, int y) => image.Row(y).Slice(3 * x, 3).ContainsAnyExcept(Paper);

    private static string Dots(string text)
    {
        Glyph glyph = BitmapFont.Of(text.EnumerateRunes().First());
        return string.Join('\n', Enumerable.Range(0, BitmapFont.Height).Select(y =>
            string.Concat(Enumerable.Range(0, glyph.Width).Select(x => glyph[x, y] ? '#' : '.'))));
    }
}
