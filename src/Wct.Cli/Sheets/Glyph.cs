namespace Wct.Cli.Sheets;

/// <summary>The picture of a character: dots in a grid of <see cref="Width"/> times <see cref="BitmapFont.Height"/>.</summary>
internal sealed class Glyph
{
    // Half of the width of a diagonal row of dots, measured along a grid line. With it, the row is as thick as a straight one.
    private const double Diagonal = 0.7071067811865476;

    // Samples per pixel along each side.
    private const int Samples = 4;

    private readonly bool[] _dots;

    /// <param name="rows">[Height] texts of equal length from top to bottom; '#' is a dot.</param>
    internal Glyph(IReadOnlyList<string> rows)
    {
        Width = rows[0].Length;
        _dots = [.. rows.SelectMany(row => row.Select(mark => mark == '#'))];
    }

    /// <summary>Dots per row, at least 1.</summary>
    internal int Width { get; }

    /// <summary>Whether there is a dot. Outside of the grid there are none.</summary>
    internal bool this[int x, int y] => x >= 0 && x < Width && y >= 0 && y < BitmapFont.Height && _dots[y * Width + x];

    /// <summary>How much of a pixel is covered if each dot is enlarged to scale times scale pixels.</summary>
    /// <param name="x">The pixel's column, from 0 to scale times <see cref="Width"/>.</param>
    /// <param name="y">The pixel's row, from 0 to scale times <see cref="BitmapFont.Height"/>.</param>
    /// <param name="scale">At least 1.</param>
    /// <returns>0..1. At scale 1 it is 0 or 1.</returns>
    /// <remarks>Enlarged dots are squares, except that the edges of diagonal rows of dots become straight lines.</remarks>
    internal double Coverage(int x, int y, int scale)
    {
        int column = x / scale, row = y / scale;
        if (scale == 1)
            return this[column, row] ? 1 : 0;
        int covered = 0;
        for (int i = 0; i < Samples * Samples; i++)
        {
            double across = (x % scale + (i % Samples + 0.5) / Samples) / scale, down = (y % scale + (i / Samples + 0.5) / Samples) / scale;
            if (Covers(column, row, across, down))
                covered++;
        }

        return covered / (double)(Samples * Samples);
    }

    // Whether the glyph covers a point of a grid square. The position within the square is 0..1 from its left and top.
    private bool Covers(int column, int row, double across, double down)
    {
        if (!this[column, row])
            return IsInInnerCorner(column, row, across, down);
        // The nearest corner of the square.
        int dx = across < 0.5 ? -1 : 1, dy = down < 0.5 ? -1 : 1;
        bool isOuter = !this[column + dx, row] && !this[column, row + dy] && !this[column + dx, row + dy];
        bool isDiagonal = (this[column - dx, row + dy] && !this[column - dx, row])
            || (this[column + dx, row - dy] && !this[column, row - dy]);
        return !isOuter || !isDiagonal || Distance(across, down, dx, dy) >= 1 - Diagonal;
    }

    // Whether a point of a square without a dot is in the corner between two dots that touch diagonally.
    private bool IsInInnerCorner(int column, int row, double across, double down)
    {
        for (int i = 0; i < 4; i++)
        {
            int dx = i % 2 * 2 - 1, dy = i / 2 * 2 - 1;
            if (this[column + dx, row] && this[column, row + dy] && !this[column + dx, row + dy]
                && Distance(across, down, dx, dy) < Diagonal)
                return true;
        }

        return false;
    }

    // The horizontal plus the vertical distance of a point in a square to one of its corners.
    private static double Distance(double across, double down, int dx, int dy) =>
        (dx < 0 ? across : 1 - across) + (dy < 0 ? down : 1 - down);
}
