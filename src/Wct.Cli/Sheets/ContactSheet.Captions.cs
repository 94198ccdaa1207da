using Wct.Net;

namespace Wct.Cli.Sheets;

// Pictures in reading order, each with lines of text below it.
internal sealed partial class ContactSheet
{
    // More would make the pictures small where the sheet is shown in the width of a page.
    private const int MostColumns = 4;

    private readonly IReadOnlyList<CaptionLine>[,] _captions;

    /// <summary>Creates a sheet of pictures with captions, in rows of at most 4.</summary>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="cellSize">Length of the pictures' longer side in pixels, at least 1.</param>
    /// <param name="captionLines">Lines below each picture, at least 1.</param>
    /// <param name="title">The text above everything; empty for none.</param>
    /// <param name="note">The text below everything; empty for none.</param>
    /// <param name="maxPixels">The maximum number of pixels of the sheet.</param>
    /// <exception cref="ArgumentException">There are no pictures, the cell size is below 1, or the sheet would be too large if all pictures
    /// were squares.</exception>
    internal static ContactSheet WithCaptions(int count, int cellSize, int captionLines, string title, string note, long maxPixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // All rows have about the same number of pictures.
        int rows = (count + MostColumns - 1) / MostColumns, columns = (count + rows - 1) / rows;
        string[] labels = new string[columns], none = new string[rows];
        Array.Fill(labels, "");
        Array.Fill(none, "");
        return new ContactSheet(new SheetLabels(labels, none, title) { CaptionLines = captionLines, Note = note }, cellSize, maxPixels);
    }

    /// <summary>Puts a picture and its caption into a cell.</summary>
    /// <param name="index">The cell's number in reading order, from 0.</param>
    /// <param name="picture">The picture. Transparent pixels are blended with white.</param>
    /// <param name="caption">As many lines as the sheet has below each picture, or fewer.</param>
    /// <param name="longerSide">Length of the picture's longer side on the sheet in pixels; null for the cell's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <exception cref="ArgumentException">There is no picture, or the caption has more lines.</exception>
    internal void Put(int index, Pixels picture, IReadOnlyList<CaptionLine> caption, int? longerSide = null)
    {
        if (caption.Count > _labels.CaptionLines)
            throw new ArgumentException($"The caption has {caption.Count} lines, the sheet has {_labels.CaptionLines}.", nameof(caption));
        (int row, int column) = (index / ColumnCount, index % ColumnCount);
        Put(row, column, picture, longerSide ?? _cellSize);
        _captions[row, column] = caption;
    }

    // The first line is a heading. A left text is shortened if it would reach the right one.
    private void DrawCaption(PixelImage band, IReadOnlyList<CaptionLine> caption, int left, int top, int width)
    {
        int gap = SheetLayout.LabelGap * Layout.Scale;
        for (int i = 0; i < caption.Count; i++)
        {
            string right = BitmapFont.Shorten(caption[i].Right, width, Layout.Scale);
            int measured = BitmapFont.Measure(right, Layout.Scale), rest = right.Length == 0 ? width : width - measured - gap;
            int y = top + i * Layout.CaptionLineHeight;
            BitmapFont.Draw(
                band, left, y, BitmapFont.Shorten(caption[i].Left, rest, Layout.Scale), i == 0 ? TitleColor : LabelColor, Layout.Scale);
            BitmapFont.Draw(band, left + width - measured, y, right, LabelColor, Layout.Scale);
        }
    }
}
