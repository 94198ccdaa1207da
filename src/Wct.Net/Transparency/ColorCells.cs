namespace Wct.Net.Transparency;

/// <summary>One level of a <see cref="ColorPyramid"/>: the color of each cell, and the visible share of the cell.</summary>
internal sealed class ColorCells(int width, int height)
{
    private const int Bytes = 4, Colors = 3;

    // [height, width, 4]: three colors, then the visible share, 0 to 16.
    private readonly byte[] _cells = new byte[checked(width * height * Bytes)];

    internal int Width => width;

    internal int Height => height;

    /// <summary>The visible share in sixteenths; above 0 for a cell with any visible pixel.</summary>
    internal byte Share(int y, int x) => _cells[At(y, x) + Colors];

    /// <summary>Sets a cell.</summary>
    internal void Set(int y, int x, byte first, byte second, byte third, byte share)
    {
        Span<byte> cell = _cells.AsSpan(At(y, x), Bytes);
        (cell[0], cell[1], cell[2], cell[3]) = (first, second, third, share);
    }

    /// <summary>The color at a point between four cells, by bilinear interpolation. Border cells are repeated beyond the border.</summary>
    /// <param name="y">The upper cells' row, at least -1.</param>
    /// <param name="x">The left cells' column, at least -1.</param>
    /// <param name="down">The weight of the lower cells, of <paramref name="parts"/>.</param>
    /// <param name="right">The weight of the right cells, of <paramref name="parts"/>.</param>
    /// <param name="parts">The sum of the two weights in each direction.</param>
    /// <param name="colors">Receives the three color components, rounded to nearest.</param>
    internal void Interpolate(int y, int x, int down, int right, int parts, Span<byte> colors)
    {
        int top = Math.Max(y, 0), bottom = Math.Min(y + 1, height - 1), left = Math.Max(x, 0), next = Math.Min(x + 1, width - 1);
        int a = At(top, left), b = At(top, next), c = At(bottom, left), d = At(bottom, next), whole = parts * parts;
        for (int i = 0; i < Colors; i++)
        {
            int upper = _cells[a + i] * (parts - right) + _cells[b + i] * right;
            int lower = _cells[c + i] * (parts - right) + _cells[d + i] * right;
            colors[i] = (byte)((upper * (parts - down) + lower * down + whole / 2) / whole);
        }
    }

    /// <summary>Sets every cell to the mean of the four finer cells that it covers, weighted by their visible shares.</summary>
    internal void Average(ColorCells finer)
    {
        Span<int> sums = stackalloc int[Bytes];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                sums.Clear();
                for (int i = 2 * y; i < Math.Min(2 * y + 2, finer.Height); i++)
                {
                    for (int j = 2 * x; j < Math.Min(2 * x + 2, finer.Width); j++)
                        Add(finer._cells.AsSpan(finer.At(i, j), Bytes), sums);
                }

                int share = sums[Colors];
                if (share > 0)
                    Set(y, x, Mean(sums[0], share), Mean(sums[1], share), Mean(sums[2], share), (byte)((share + Bytes - 1) / Bytes));
            }
        }
    }

    /// <summary>Sets cells without a visible pixel to colors interpolated from the next coarser level.</summary>
    internal void Complete(ColorCells coarser)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (Share(y, x) > 0)
                    continue;
                // A cell's center is a quarter of the coarser cell's side away from the coarser cell's center.
                int odd = y % 2, oddColumn = x % 2;
                coarser.Interpolate(
                    y / 2 - 1 + odd, x / 2 - 1 + oddColumn, odd == 0 ? 3 : 1, oddColumn == 0 ? 3 : 1, 4, _cells.AsSpan(At(y, x), Colors));
            }
        }
    }

    private static void Add(ReadOnlySpan<byte> cell, Span<int> sums)
    {
        int share = cell[Colors];
        for (int c = 0; c < Colors; c++)
            sums[c] += cell[c] * share;
        sums[Colors] += share;
    }

    private static byte Mean(int sum, int count) => (byte)((sum + count / 2) / count);

    private int At(int y, int x) => (y * width + x) * Bytes;
}
