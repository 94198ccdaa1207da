using Wct.Cli.Sheets;
using Wct.Net;

namespace Wct.Cli.Tests.Sheets;

public class ContactSheetTests
{
    private const byte Paper = 246, NoPicture = 232;

    private static readonly string Long = string.Concat(Enumerable.Repeat("a very long name, ", 20));

    // Margin 10, gap 3.
    [Fact]
    public void CellsWithoutLabelsArePlacedExactly()
    {
        ContactSheet sheet = new(["", ""], ["", "", ""], 100);
        PixelImage[] pictures = [.. Enumerable.Range(0, 6).Select(i => Pictures.Noise(100, 100, i))];
        for (int i = 0; i < 6; i++)
            sheet.Put(i / 2, i % 2, pictures[i]);
        PixelImage drawn = sheet.Draw();
        Assert.Equal((10 + 100 + 3 + 100 + 10, 10 + 3 * 100 + 2 * 3 + 10), (drawn.Width, drawn.Height));
        PixelImage expected = Pictures.Constant(drawn.Width, drawn.Height, Paper);
        for (int i = 0; i < 6; i++)
            Copy(pictures[i], expected, 10 + i % 2 * 103, 10 + i / 2 * 103);
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    [Fact]
    public void LabelsAndTitleArePlacedExactly()
    {
        ContactSheet sheet = new(["0.2", "0.4"], ["row"], 100, "Title");
        PixelImage picture = Pictures.Noise(100, 100, 1);
        sheet.Put(0, 0, picture);
        sheet.Put(0, 1, picture);
        PixelImage drawn = sheet.Draw();
        int left = 10 + BitmapFont.Measure("row") + 10, labels = 10 + 20 * 2, top = labels + 13 + 4;
        PixelImage expected = Pictures.Constant(left + 203 + 10, top + 100 + 10, Paper);
        Copy(picture, expected, left, top);
        Copy(picture, expected, left + 103, top);
        BitmapFont.Draw(expected, 10, 10, "Title", Rgb.Gray(24), 2);
        BitmapFont.Draw(expected, left + (100 - BitmapFont.Measure("0.2")) / 2, labels, "0.2", Rgb.Gray(64));
        BitmapFont.Draw(expected, left + 103 + (100 - BitmapFont.Measure("0.4")) / 2, labels, "0.4", Rgb.Gray(64));
        BitmapFont.Draw(expected, 10, top + 44, "row", Rgb.Gray(64));
        Assert.Equal((expected.Width, expected.Height), (drawn.Width, drawn.Height));
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    [Theory]
    [InlineData(640, 320, 64, 32)]
    [InlineData(20, 40, 32, 64)]
    [InlineData(7, 7, 64, 64)]
    [InlineData(64, 43, 64, 43)]
    [InlineData(1000, 1, 64, 1)]
    [InlineData(1, 1000, 1, 64)]
    public void PicturesKeepTheirProportions(int width, int height, int cellWidth, int cellHeight)
    {
        ContactSheet sheet = new(null, null, 64);
        sheet.Put(0, 0, Pictures.Constant(width, height, 77));
        PixelImage expected = Pictures.Constant(cellWidth + 20, cellHeight + 20, Paper);
        Copy(Pictures.Constant(cellWidth, cellHeight, 77), expected, 10, 10);
        PixelImage drawn = sheet.Draw();
        Assert.Equal((expected.Width, expected.Height), (drawn.Width, drawn.Height));
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    // The row is as high as the upright picture, and the column as wide as the broad one.
    [Fact]
    public void PicturesAreCenteredInTheirCells()
    {
        ContactSheet sheet = new(["", ""], ["", ""], 64);
        PixelImage broad = Pictures.Noise(64, 32, 1), upright = Pictures.Noise(32, 64, 2);
        sheet.Put(0, 0, broad);
        sheet.Put(0, 1, upright);
        sheet.Put(1, 0, broad);
        sheet.Put(1, 1, upright);
        PixelImage drawn = sheet.Draw(), expected = Pictures.Constant(10 + 64 + 2 + 32 + 10, 10 + 64 + 2 + 64 + 10, Paper);
        Copy(broad, expected, 10, 10 + 16);
        Copy(upright, expected, 76, 10);
        Copy(broad, expected, 10, 76 + 16);
        Copy(upright, expected, 76, 76);
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Bgr24)]
    [InlineData(PixelLayout.Gray8)]
    [InlineData(PixelLayout.BgraPremultiplied)]
    public void RowsAndMemoryInAnyLayoutGiveTheSameCell(PixelLayout layout)
    {
        PixelImage picture = Pictures.Noise(90, 70, 3, layout);
        PixelImage padded = new(new byte[70 * (picture.Stride + 5)], 90, 70, picture.Stride + 5, layout);
        for (int y = 0; y < 70; y++)
            picture.Row(y).CopyTo(padded.Row(y));
        PixelImage expected = One(sheet => sheet.Put(0, 0, picture.ToRgb()));
        Assert.Equal(expected.Bytes, One(sheet => sheet.Put(0, 0, picture)).Bytes);
        Assert.Equal(expected.Bytes, One(sheet => sheet.Put(0, 0, padded)).Bytes);
        Assert.Equal(expected.Bytes, One(sheet => sheet.Put(0, 0, new ImageRows(picture))).Bytes);
    }

    [Fact]
    public void CellsWithoutAPictureAreGray()
    {
        ContactSheet sheet = new(["", ""], ["", ""], 64);
        sheet.Put(0, 0, Pictures.Constant(64, 32, 1));
        PixelImage drawn = sheet.Draw(), expected = Pictures.Constant(10 + 64 + 2 + 64 + 10, 10 + 32 + 2 + 64 + 10, Paper);
        Copy(Pictures.Constant(64, 32, 1), expected, 10, 10);
        Copy(Pictures.Constant(64, 32, NoPicture), expected, 76, 10);
        Copy(Pictures.Constant(64, 64, NoPicture), expected, 10, 44);
        Copy(Pictures.Constant(64, 64, NoPicture), expected, 76, 44);
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    [Theory]
    [InlineData(16, 2, 16)]
    [InlineData(16, 16, 2)]
    [InlineData(64, 64, 64)]
    [InlineData(300, 300, 100)]
    [InlineData(500, 1, 500)]
    public void LongLabelsOverlapNothing(int cellSize, int width, int height)
    {
        string[] labels = [Long, "short", "", Long];
        ContactSheet sheet = new(labels, labels, cellSize, Long);
        for (int i = 0; i < 16; i++)
            sheet.Put(i / 4, i % 4, Pictures.Constant(width, height, 3));
        PixelImage drawn = sheet.Draw();
        SheetLayout layout = new(new(labels, labels, Long), cellSize, [width, width, width, width], [height, height, height, height]);
        Assert.Equal((layout.Width, layout.Height), (drawn.Width, drawn.Height));
        AssertPaper(drawn, 0, 0, drawn.Width, layout.Margin);
        AssertPaper(drawn, 0, drawn.Height - layout.Margin, drawn.Width, layout.Margin);
        AssertPaper(drawn, 0, 0, layout.Margin, drawn.Height);
        AssertPaper(drawn, drawn.Width - layout.Margin, 0, layout.Margin, drawn.Height);
        // Between the labels of rows and the cells, below the title, below the labels of columns, and between columns.
        AssertPaper(drawn, layout.Left - 10 * layout.Scale, layout.ColumnLabelTop, 10 * layout.Scale, drawn.Height - layout.ColumnLabelTop);
        AssertPaper(drawn, 0, layout.ColumnLabelTop - 7 * layout.TitleScale, drawn.Width, 7 * layout.TitleScale);
        AssertPaper(drawn, 0, layout.Top - 4 * layout.Scale, drawn.Width, 4 * layout.Scale);
        for (int column = 1; column < 4; column++)
            AssertPaper(
                drawn, layout.X(column) - layout.Gap, layout.ColumnLabelTop, layout.Gap, drawn.Height - layout.ColumnLabelTop);
        for (int row = 0, y = layout.Top; row < 4; y += layout.RowHeight(row) + layout.Gap, row++)
        {
            AssertPaper(drawn, 0, y + layout.RowHeight(row), drawn.Width, layout.Gap);
            for (int column = 0; column < 4; column++)
                AssertOnly(3, drawn, layout.X(column) + (layout.ColumnWidth(column) - width) / 2, y + (layout.RowHeight(row) - height) / 2,
                    width, height);
        }
    }

    [Fact]
    public void NarrowColumnsHaveRoomForShortLabels()
    {
        SheetLayout layout = new(new(["0.75 / 0.25", Long, "1"], [""], ""), 32, [32, 32, 32], [32]);
        Assert.Equal([BitmapFont.Measure("0.75 / 0.25"), 96, 32], Enumerable.Range(0, 3).Select(layout.ColumnWidth));
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(256, 1)]
    [InlineData(383, 1)]
    [InlineData(384, 2)]
    [InlineData(512, 2)]
    [InlineData(1024, 4)]
    public void LabelsGrowWithTheCells(int cellSize, int scale) =>
        Assert.Equal(scale, new SheetLayout(new([""], [""], ""), cellSize, [cellSize], [cellSize]).Scale);

    [Fact]
    public void TheSheetIsWrittenRowByRow()
    {
        ContactSheet sheet = new(["a", "b"], ["c", "d", "e"], 50, "title");
        for (int i = 0; i < 6; i++)
            sheet.Put(i / 2, i % 2, Pictures.Noise(80, 60, i));
        Chunks chunks = new();
        sheet.Write(chunks);
        Assert.Equal(sheet.Draw().Bytes, chunks.All.SelectMany(chunk => chunk));
        Assert.Equal(4, chunks.All.Count);
        Assert.All(chunks.All, chunk => Assert.Equal(0, chunk.Length % (3 * sheet.Width)));
    }

    [Fact]
    public void TheOrderOfPicturesDoesNotMatterAndTheLastOneOfACellCounts()
    {
        PixelImage first = Pictures.Noise(90, 40, 1), second = Pictures.Noise(40, 90, 2), other = Pictures.Noise(300, 10, 3);
        ContactSheet sheet = new(["a", "b"], ["c"], 60), again = new(["a", "b"], ["c"], 60);
        sheet.Put(0, 0, first);
        sheet.Put(0, 1, second);
        again.Put(0, 1, other);
        Assert.Equal(60 / 30, again.Draw().Height - (10 + 13 + 4) - 10 - 13);
        again.Put(0, 1, second);
        again.Put(0, 0, first);
        Assert.Equal(sheet.Draw().Bytes, again.Draw().Bytes);
        Assert.Equal(sheet.Draw().Bytes, sheet.Draw().Bytes);
    }

    [Fact]
    public void AFailingReaderLeavesTheCell()
    {
        ContactSheet sheet = new(null, null, 30);
        sheet.Put(0, 0, Pictures.Constant(30, 30, 1));
        byte[] before = sheet.Draw().Bytes;
        Assert.Throws<IOException>(() => sheet.Put(0, 0, new ImageRows(Pictures.Constant(30, 30, 2)) { FailsAt = 20 }));
        Assert.Equal(before, sheet.Draw().Bytes);
    }

    [Fact]
    public void TooLargeSheetsAreRefusedWithTheirNumbers()
    {
        string[] ten = new string[10];
        Array.Fill(ten, "");
        // 10 cells, 9 gaps and two margins.
        const int Side = 10 * 100 + 9 * 3 + 20;
        Assert.Equal(10, new ContactSheet(ten, ten, 100, maxPixels: Side * Side).RowCount);
        string message = Assert.Throws<ArgumentException>(() => new ContactSheet(ten, ten, 100, maxPixels: Side * Side - 1)).Message;
        Assert.Equal(
            "A contact sheet of 10 rows and 10 columns of 100 pixels has up to 1047x1047 = 1096209 pixels, the maximum is 1096208.",
            message);
        message = Assert.Throws<ArgumentException>(() => new ContactSheet(ten, ten, 3000)).Message;
        Assert.Equal(
            "A contact sheet of 10 rows and 10 columns of 3000 pixels has up to 30000x30000 pixels or 2700000000 bytes, the maximum is "
            + "2147483591 bytes.", message);
        Assert.Contains($"{int.MaxValue} pixels", Assert.Throws<ArgumentException>(() => new ContactSheet(ten, ten, int.MaxValue)).Message);
    }

    [Fact]
    public void ImpossibleGridsAndCellsAreRefused()
    {
        Assert.Contains("1 rows and 0 columns", Assert.Throws<ArgumentException>(() => new ContactSheet([], ["a"], 10)).Message);
        Assert.Throws<ArgumentException>(() => new ContactSheet(["a"], [], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet(["a"], ["a"], 0));
        ContactSheet sheet = new(["a", "b"], ["c"], 10);
        foreach ((int row, int column) in ((int, int)[])[(-1, 0), (1, 0), (0, -1), (0, 2)])
            Assert.Throws<ArgumentOutOfRangeException>(() => sheet.Put(row, column, Pictures.Constant(5, 5, 0)));
        Assert.Throws<ArgumentException>(() => sheet.Put(0, 0, default(Pixels)));
    }

    // Margin and gap 10, columns of 150 for captions, a line of 15.
    [Fact]
    public void CaptionsAreBelowTheirPictures()
    {
        ContactSheet sheet = ContactSheet.WithCaptions(5, 100, 2, "", "note", long.MaxValue);
        Assert.Equal((2, 3), (sheet.RowCount, sheet.ColumnCount));
        PixelImage picture = Pictures.Noise(100, 50, 1), small = Pictures.Noise(40, 20, 2);
        for (int i = 0; i < 4; i++)
            sheet.Put(i, picture, [new CaptionLine($"name {i}", $"{i} s"), new CaptionLine("loss", "0.5")]);
        sheet.Put(4, small, [new CaptionLine(Long)], longerSide: 40);
        PixelImage drawn = sheet.Draw();
        const int Row = 50 + 4 + 2 * 15 + 6 + 10;
        PixelImage expected = Pictures.Constant(10 + 3 * 150 + 2 * 10 + 10, 10 + 2 * Row - 10 + 17 + 10, Paper);
        for (int i = 0; i < 5; i++)
        {
            int left = 10 + i % 3 * 160, top = 10 + i / 3 * Row, text = top + 54;
            Copy(i < 4 ? picture : small, expected, left + (i < 4 ? 25 : 55), top + (i < 4 ? 0 : 15));
            if (i == 4)
            {
                BitmapFont.Draw(expected, left, text, BitmapFont.Shorten(Long, 150), Rgb.Gray(24));
                continue;
            }

            BitmapFont.Draw(expected, left, text, $"name {i}", Rgb.Gray(24));
            BitmapFont.Draw(expected, left + 150 - BitmapFont.Measure($"{i} s"), text, $"{i} s", Rgb.Gray(64));
            BitmapFont.Draw(expected, left, text + 15, "loss", Rgb.Gray(64));
            BitmapFont.Draw(expected, left + 150 - BitmapFont.Measure("0.5"), text + 15, "0.5", Rgb.Gray(64));
        }

        BitmapFont.Draw(expected, 10, expected.Height - 10 - 13, "note", Rgb.Gray(64));
        Assert.Equal((expected.Width, expected.Height), (drawn.Width, drawn.Height));
        Assert.Equal(expected.Bytes, drawn.Bytes);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 4)]
    [InlineData(5, 2, 3)]
    [InlineData(7, 2, 4)]
    [InlineData(9, 3, 3)]
    [InlineData(13, 4, 4)]
    public void PicturesWithCaptionsHaveAboutEqualRows(int count, int rows, int columns)
    {
        ContactSheet sheet = ContactSheet.WithCaptions(count, 20, 1, "", "", long.MaxValue);
        Assert.Equal((rows, columns), (sheet.RowCount, sheet.ColumnCount));
    }

    [Fact]
    public void ImpossibleCaptionsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.WithCaptions(0, 20, 1, "", "", long.MaxValue));
        ContactSheet sheet = ContactSheet.WithCaptions(2, 20, 1, "", "", long.MaxValue);
        PixelImage picture = Pictures.Constant(5, 5, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => sheet.Put(2, picture, []));
        Assert.Contains(
            "The caption has 2 lines, the sheet has 1.",
            Assert.Throws<ArgumentException>(() => sheet.Put(0, picture, [new("a"), new("b")])).Message);
    }

    private static PixelImage One(Action<ContactSheet> put)
    {
        ContactSheet sheet = new(["label"], null, 40);
        put(sheet);
        return sheet.Draw();
    }

    private static void Copy(PixelImage from, PixelImage to, int left, int top)
    {
        for (int y = 0; y < from.Height; y++)
            from.Row(y).CopyTo(to.Row(top + y)[(3 * left)..]);
    }

    private static void AssertPaper(PixelImage image, int left, int top, int width, int height) =>
        AssertOnly(Paper, image, left, top, width, height);

    private static void AssertOnly(byte level, PixelImage image, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
            Assert.False(image.Row(y).Slice(3 * left, 3 * width).ContainsAnyExcept(level), $"row {y}");
    }

    private sealed class Chunks : IPixelWriter
    {
        internal List<byte[]> All { get; } = [];

        public void WriteRows(ReadOnlySpan<byte> source) => All.Add(source.ToArray());
    }

    private sealed class ImageRows(PixelImage image) : IPixelReader
    {
        private int _next;

        public int Width => image.Width;

        public int Height => image.Height;

        public PixelLayout Layout => image.Layout;

        internal int FailsAt { get; init; } = int.MaxValue;

        public void ReadRows(Span<byte> destination)
        {
            image.Bytes.AsSpan(_next * image.Stride, destination.Length).CopyTo(destination);
            _next += destination.Length / image.Stride;
            if (_next > FailsAt)
                throw new IOException("The file can't be read.");
        }
    }
}
