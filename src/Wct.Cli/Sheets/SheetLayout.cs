namespace Wct.Cli.Sheets;

/// <summary>Positions and sizes on a contact sheet, in pixels.</summary>
/// <remarks>From top to bottom: margin, title, names of the upper corners, labels of the columns, rows of cells with gaps between them,
/// names of the lower corners, note, margin. Captions are below their row of cells. From left to right: margin, labels of the rows, columns
/// of cells with gaps between them, margin. A column is as wide as its widest picture, and a row is as high as its highest picture. Columns
/// have room for a short label or caption, and rows for the height of their label. Longer labels are shortened; those of rows are at most
/// as wide as a cell.</remarks>
internal sealed class SheetLayout
{
    // Columns of narrow pictures, and labels beside small pictures, become this wide at scale 1 if their texts need it. It is enough for
    // about 12 characters.
    private const int EnoughForLabel = 96;

    // Columns with captions are at least this wide at scale 1. It is enough for "content loss 99.999".
    private const int EnoughForCaption = 150;

    /// <summary>Space between texts and pictures, and between texts side by side, at scale 1.</summary>
    internal const int LabelGap = 4;

    private readonly SheetLabels _labels;
    private readonly int[] _widths, _heights;

    /// <param name="labels">The texts.</param>
    /// <param name="cellSize">Length of the pictures' longer side, at least 1.</param>
    /// <param name="widths">The width of each column's widest picture.</param>
    /// <param name="heights">The height of each row's highest picture.</param>
    internal SheetLayout(SheetLabels labels, int cellSize, IReadOnlyList<int> widths, IReadOnlyList<int> heights)
    {
        _labels = labels;
        Scale = Math.Max(1, (int)((cellSize + 128L) / 256));
        Margin = Math.Max(10, cellSize / 16);
        // Captions side by side need more space than pictures.
        Gap = labels.CaptionLines == 0 ? Math.Max(2, cellSize / 32) : Margin;
        int enough = EnoughForLabel * Scale, least = labels.CaptionLines == 0 ? 0 : EnoughForCaption * Scale;
        RowLabelWidth = labels.Rows.Max(label => Math.Min(Math.Max(enough, cellSize), BitmapFont.Measure(label, Scale)));
        _widths =
        [
            .. widths.Select((width, i) =>
                Math.Max(Math.Max(width, least), Math.Min(enough, BitmapFont.Measure(labels.Columns[i], Scale)))),
        ];
        _heights = [.. heights.Select((height, i) => labels.Rows[i].Length == 0 ? height : Math.Max(height, LabelHeight + 2 * Scale))];
        Width = Left + _widths.Sum(width => (long)width) + (widths.Count - 1L) * Gap + Margin;
        TitleScale = BitmapFont.Measure(labels.Title, Scale + 1) <= Width - 2 * Margin ? Scale + 1 : Scale;
        Height = Top + _heights.Sum(height => (long)height + CaptionSpace) + (heights.Count - 1L) * Gap + Foot + NoteSpace + Margin;
    }

    /// <summary>Width of the sheet.</summary>
    internal long Width { get; }

    /// <summary>Height of the sheet.</summary>
    internal long Height { get; }

    /// <summary>Enlargement of the labels' font: 1 for cells of up to 383 pixels, 2 for up to 639, and so on.</summary>
    internal int Scale { get; }

    /// <summary>Enlargement of the title's font: one more than that of the labels, or equal to it if the title is too wide.</summary>
    internal int TitleScale { get; }

    /// <summary>Space around everything.</summary>
    internal int Margin { get; }

    /// <summary>Space between cells.</summary>
    internal int Gap { get; }

    /// <summary>Width of the widest label of a row, after shortening; 0 if all are empty.</summary>
    internal int RowLabelWidth { get; }

    /// <summary>Height of a label.</summary>
    internal int LabelHeight => BitmapFont.Height * Scale;

    /// <summary>Height of a label and of the space between it and the cells.</summary>
    internal int LabelSpace => LabelHeight + LabelGap * Scale;

    /// <summary>Height of a line of a caption and of the space below it.</summary>
    internal int CaptionLineHeight => LabelHeight + 2 * Scale;

    /// <summary>Height of the captions below a row of cells, with the space around them.</summary>
    internal int CaptionSpace =>
        _labels.CaptionLines == 0 ? 0 : LabelGap * Scale + _labels.CaptionLines * CaptionLineHeight + 6 * Scale;

    /// <summary>Height of the note and of the space above it.</summary>
    internal int NoteSpace => _labels.Note.Length == 0 ? 0 : LabelSpace;

    /// <summary>Left edge of the first column.</summary>
    internal int Left => Margin + (RowLabelWidth == 0 ? 0 : RowLabelWidth + 10 * Scale);

    /// <summary>Top edge of the names of the upper corners.</summary>
    internal int CornerTop => Margin + (_labels.Title.Length == 0 ? 0 : (BitmapFont.Height + 7) * TitleScale);

    /// <summary>Largest width of a corner's name.</summary>
    internal int CornerWidth => (int)(Width - Left - Margin - 10 * Scale) / 2;

    /// <summary>Space for the names of the lower corners, below the last row.</summary>
    internal int Foot => _labels.Corners.Count > 2 ? LabelSpace : 0;

    /// <summary>Top edge of the labels of the columns.</summary>
    internal int ColumnLabelTop => CornerTop + (_labels.Corners.Count == 0 ? 0 : LabelSpace);

    /// <summary>Top edge of the first row.</summary>
    internal int Top => ColumnLabelTop + (_labels.Columns.All(label => label.Length == 0) ? 0 : LabelSpace);

    /// <summary>Left edge of a column.</summary>
    internal int X(int column) => Left + _widths.Take(column).Sum() + column * Gap;

    /// <summary>Width of a column.</summary>
    internal int ColumnWidth(int column) => _widths[column];

    /// <summary>Height of a row.</summary>
    internal int RowHeight(int row) => _heights[row];
}
