using Wct.Net;

namespace Wct.Cli.Sheets;

/// <summary>Draws a grid of pictures with labels for its columns and rows, and a title.</summary>
/// <remarks>Pictures can be put in any order. They are resized at once, and only the small pictures are kept. Not thread-safe.</remarks>
internal sealed partial class ContactSheet
{
    private const int BytesPerPixel = 3;

    private readonly SheetLabels _labels;
    private readonly int _cellSize;
    private readonly PixelImage?[,] _pictures;
    private SheetLayout? _layout;

    /// <param name="columns">The labels above the columns, one for each. If all are empty, no space is left for them. Null for one column
    /// without a label.</param>
    /// <param name="rows">The labels to the left of the rows, one for each. If all are empty, no space is left for them. Null for one row
    /// without a label.</param>
    /// <param name="cellSize">Length of the pictures' longer side in pixels, at least 1. The size of the texts depends on it.</param>
    /// <param name="title">The text above everything; null or empty for none.</param>
    /// <param name="maxPixels">The maximum number of pixels of the sheet.</param>
    /// <param name="corners">The names of the upper left and the upper right picture, and if need be of the lower ones; null for
    /// none.</param>
    /// <exception cref="ArgumentException">There are no columns or no rows, the cell size is below 1, or the sheet would be too large if
    /// all pictures were squares.</exception>
    internal ContactSheet(
        IReadOnlyList<string>? columns, IReadOnlyList<string>? rows, int cellSize, string? title = null, long maxPixels = long.MaxValue,
        IReadOnlyList<string>? corners = null)
        : this(new SheetLabels(columns ?? [""], rows ?? [""], title ?? "") { Corners = corners ?? [] }, cellSize, maxPixels)
    {
    }

    private ContactSheet(SheetLabels labels, int cellSize, long maxPixels)
    {
        _labels = labels;
        if (ColumnCount == 0 || RowCount == 0)
            throw new ArgumentException($"The contact sheet has {RowCount} rows and {ColumnCount} columns; both must be at least 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(cellSize, 1);
        _cellSize = cellSize;
        // The first check keeps the second one's numbers small.
        CheckSize((long)ColumnCount * cellSize, (long)RowCount * cellSize, maxPixels);
        SheetLayout largest =
            new(_labels, cellSize, [.. Enumerable.Repeat(cellSize, ColumnCount)], [.. Enumerable.Repeat(cellSize, RowCount)]);
        CheckSize(largest.Width, largest.Height, maxPixels);
        _pictures = new PixelImage?[RowCount, ColumnCount];
        _captions = new IReadOnlyList<CaptionLine>[RowCount, ColumnCount];
    }

    /// <summary>Number of columns.</summary>
    internal int ColumnCount => _labels.Columns.Count;

    /// <summary>Number of rows.</summary>
    internal int RowCount => _labels.Rows.Count;

    /// <summary>Pixels per row of the sheet. Depends on the pictures, because a column is as wide as its widest picture.</summary>
    internal int Width => (int)Layout.Width;

    /// <summary>Pixel rows of the sheet. Depends on the pictures, because a row is as high as its highest picture.</summary>
    internal int Height => (int)Layout.Height;

    private SheetLayout Layout => _layout ??= new SheetLayout(
        _labels, _cellSize,
        [.. Enumerable.Range(0, ColumnCount).Select(column => Largest(Column(column), picture => picture.Width))],
        [.. Enumerable.Range(0, RowCount).Select(row => Largest(Row(row), picture => picture.Height))]);

    /// <summary>Puts a picture into a cell. A picture that was there before is replaced.</summary>
    /// <param name="row">The row, 0 at the top.</param>
    /// <param name="column">The column, 0 at the left.</param>
    /// <param name="picture">The picture; all of its rows are read. Transparent pixels are blended with white.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <remarks>Exceptions of the reader pass through unchanged. <see cref="IPixelReader.Limit"/> is not called.</remarks>
    internal void Put(int row, int column, IPixelReader picture)
    {
        CheckCell(row, column);
        Keep(row, column, CellPicture.Of(picture, _cellSize));
    }

    /// <summary>Puts a picture into a cell. A picture that was there before is replaced.</summary>
    /// <param name="row">The row, 0 at the top.</param>
    /// <param name="column">The column, 0 at the left.</param>
    /// <param name="picture">The picture. Transparent pixels are blended with white.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    internal void Put(int row, int column, Pixels picture) => Put(row, column, picture, _cellSize);

    private void Put(int row, int column, Pixels picture, int longerSide)
    {
        CheckCell(row, column);
        if (picture.Width < 1)
            throw new ArgumentException("There is no picture.", nameof(picture));
        Keep(row, column, CellPicture.Of(picture, longerSide));
    }

    private IEnumerable<PixelImage?> Column(int column) => Enumerable.Range(0, RowCount).Select(row => _pictures[row, column]);

    private IEnumerable<PixelImage?> Row(int row) => Enumerable.Range(0, ColumnCount).Select(column => _pictures[row, column]);

    // A line of the grid without pictures is as large as the largest picture could be.
    private int Largest(IEnumerable<PixelImage?> pictures, Func<PixelImage, int> side) =>
        pictures.OfType<PixelImage>().Select(side).DefaultIfEmpty(_cellSize).Max();

    private void Keep(int row, int column, PixelImage picture)
    {
        _pictures[row, column] = picture;
        _layout = null;
    }

    private void CheckCell(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
    }

    private void CheckSize(long width, long height, long maxPixels)
    {
        Int128 pixels = (Int128)width * height;
        string sheet = $"A contact sheet of {RowCount} rows and {ColumnCount} columns of {_cellSize} pixels has up to {width}x{height}";
        if (pixels > maxPixels)
            throw new ArgumentException($"{sheet} = {pixels} pixels, the maximum is {maxPixels}.");
        if (pixels * BytesPerPixel > Array.MaxLength)
            throw new ArgumentException($"{sheet} pixels or {pixels * BytesPerPixel} bytes, the maximum is {Array.MaxLength} bytes.");
    }
}
