namespace Wct.Cli.Sheets;

internal sealed partial class ContactSheet
{
    private static readonly Rgb Background = Rgb.Gray(246), NoPicture = Rgb.Gray(232), LabelColor = Rgb.Gray(64), TitleColor = Rgb.Gray(24);

    /// <summary>Draws the sheet.</summary>
    /// <returns>The sheet in layout <see cref="PixelLayout.Rgb24"/>. Cells without a picture are light gray.</returns>
    internal PixelImage Draw()
    {
        PixelImage sheet = new(Width, Height);
        Write(new ImageRows(sheet));
        return sheet;
    }

    /// <summary>Draws the sheet from top to bottom. At most one row of cells is in memory in addition to the cells' pictures.</summary>
    /// <param name="writer">Receives rows of <see cref="Width"/> pixels in layout <see cref="PixelLayout.Rgb24"/>,
    /// <see cref="Height"/> in total.</param>
    internal void Write(IPixelWriter writer)
    {
        writer.WriteRows(Head().Bytes);
        for (int row = 0; row < RowCount; row++)
            writer.WriteRows(Band(row).Bytes);
    }

    // The part above the first row of cells.
    private PixelImage Head()
    {
        PixelImage head = new(Width, Layout.Top);
        Fill(head, 0, 0, head.Width, head.Height, Background);
        string title = BitmapFont.Shorten(_labels.Title, Width - 2 * Layout.Margin, Layout.TitleScale);
        BitmapFont.Draw(head, Layout.Margin, Layout.Margin, title, TitleColor, Layout.TitleScale);
        for (int column = 0; column < ColumnCount; column++)
        {
            string label = BitmapFont.Shorten(_labels.Columns[column], Layout.ColumnWidth(column), Layout.Scale);
            int x = Layout.X(column) + (Layout.ColumnWidth(column) - BitmapFont.Measure(label, Layout.Scale)) / 2;
            BitmapFont.Draw(head, x, Layout.ColumnLabelTop, label, LabelColor, Layout.Scale);
        }

        DrawCorners(head, Layout.CornerTop, _labels.Corners.Take(2));
        return head;
    }

    // A row of cells and the space below it.
    private PixelImage Band(int row)
    {
        int height = Layout.RowHeight(row);
        bool isLast = row == RowCount - 1;
        PixelImage band = new(
            Width, height + Layout.CaptionSpace + (isLast ? Layout.Foot + Layout.NoteSpace + Layout.Margin : Layout.Gap));
        Fill(band, 0, 0, band.Width, band.Height, Background);
        string label = BitmapFont.Shorten(_labels.Rows[row], Layout.RowLabelWidth, Layout.Scale);
        // Labels end at the same distance from the cells.
        int x = Layout.Margin + Layout.RowLabelWidth - BitmapFont.Measure(label, Layout.Scale);
        int y = (int)(height / 2.0 - BitmapFont.CapitalCenter * Layout.Scale);
        BitmapFont.Draw(band, x, y, label, LabelColor, Layout.Scale);
        for (int column = 0; column < ColumnCount; column++)
        {
            DrawCell(band, _pictures[row, column], Layout.X(column), Layout.ColumnWidth(column), height);
            DrawCaption(
                band, _captions[row, column] ?? [], Layout.X(column), height + SheetLayout.LabelGap * Layout.Scale,
                Layout.ColumnWidth(column));
        }

        if (isLast)
        {
            int foot = height + Layout.CaptionSpace + Layout.Foot;
            DrawCorners(band, foot - Layout.LabelHeight, _labels.Corners.Skip(2));
            string note = BitmapFont.Shorten(_labels.Note, Width - 2 * Layout.Margin, Layout.Scale);
            BitmapFont.Draw(band, Layout.Margin, foot + Layout.NoteSpace - Layout.LabelHeight, note, LabelColor, Layout.Scale);
        }

        return band;
    }

    // The left name begins, and the right one ends, where the pictures do.
    private void DrawCorners(PixelImage image, int y, IEnumerable<string> names)
    {
        foreach ((int i, string name) in names.Index())
        {
            string text = BitmapFont.Shorten(name, Layout.CornerWidth, Layout.Scale);
            int x = i == 0 ? Layout.Left : Width - Layout.Margin - BitmapFont.Measure(text, Layout.Scale);
            BitmapFont.Draw(image, x, y, text, TitleColor, Layout.Scale);
        }
    }

    private void DrawCell(PixelImage band, PixelImage? picture, int left, int width, int height)
    {
        if (picture is null)
        {
            if (_labels.CaptionLines == 0)
                Fill(band, left, 0, width, height, NoPicture);
            return;
        }

        int x = left + (width - picture.Width) / 2, top = (height - picture.Height) / 2;
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(band.Row(top + y)[(BytesPerPixel * x)..]);
    }

    private static void Fill(PixelImage image, int left, int top, int width, int height, Rgb color)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = image.Row(y).Slice(BytesPerPixel * left, BytesPerPixel * width);
            for (int i = 0; i < row.Length; i += BytesPerPixel)
                (row[i], row[i + 1], row[i + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    // Copies rows into a picture without gaps between its rows.
    private sealed class ImageRows(PixelImage image) : IPixelWriter
    {
        private int _next;

        public void WriteRows(ReadOnlySpan<byte> source)
        {
            source.CopyTo(image.Bytes.AsSpan(_next));
            _next += source.Length;
        }
    }
}
