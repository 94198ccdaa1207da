namespace Wct.Net.Transparency;

/// <summary>Finds colors for a picture's hidden pixels that continue the visible pixels around them, so that a network sees no edge where
/// the visible part ends.</summary>
/// <remarks>First all bands of rows are added, then they are filled. Each band begins at a multiple of <see cref="ColorPyramid.Cell"/>
/// rows. Colors are the first three bytes of each pixel, in any order.</remarks>
internal sealed class HiddenColors(Visibility visibility)
{
    private const int BytesPerPixel = 4, Parts = 2 * ColorPyramid.Cell;

    private readonly ColorPyramid _pyramid = new(visibility.Width, visibility.Height);

    /// <summary>Fills a whole picture.</summary>
    /// <param name="visibility">Which pixels of the picture are visible.</param>
    /// <param name="rows">[H, W, 4], without gaps.</param>
    internal static void FillAll(Visibility visibility, Span<byte> rows)
    {
        HiddenColors colors = new(visibility);
        colors.Add(0, visibility.Height, rows);
        colors.Complete();
        colors.Fill(0, visibility.Height, rows);
    }

    /// <summary>Measures the visible colors of some rows.</summary>
    /// <param name="first">The first row's index in the picture, a multiple of <see cref="ColorPyramid.Cell"/>.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">[count, W, 4], without gaps.</param>
    internal void Add(int first, int count, ReadOnlySpan<byte> rows)
    {
        int stride = visibility.Width * BytesPerPixel;
        int[] sums = new int[_pyramid.Finest.Width * BytesPerPixel];
        for (int y = 0; y < count; y++)
        {
            AddRow(first + y, rows.Slice(checked(y * stride), stride), sums);
            if ((first + y) % ColorPyramid.Cell != ColorPyramid.Cell - 1 && y < count - 1)
                continue;
            SetCells((first + y) / ColorPyramid.Cell, sums);
            Array.Clear(sums);
        }
    }

    /// <summary>Computes the pyramid after all rows were added.</summary>
    internal void Complete() => _pyramid.Complete();

    /// <summary>Replaces the hidden pixels' colors in some rows.</summary>
    /// <param name="first">The first row's index in the picture.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">[count, W, 4], without gaps.</param>
    internal void Fill(int first, int count, Span<byte> rows)
    {
        int stride = visibility.Width * BytesPerPixel;
        for (int y = 0; y < count; y++)
        {
            if (!visibility.AnyHidden(first + y, 1))
                continue;
            Span<byte> row = rows.Slice(checked(y * stride), stride);
            (int upper, int down) = Between(first + y);
            for (int x = 0; x < visibility.Width; x++)
            {
                if (!visibility.IsHidden(first + y, x))
                    continue;
                (int left, int right) = Between(x);
                _pyramid.Finest.Interpolate(upper, left, down, right, Parts, row.Slice(x * BytesPerPixel, BytesPerPixel));
            }
        }
    }

    // The last cell whose center is before the pixel's center, and the distance between the centers in eighths of a cell: 1, 3, 5 or 7.
    private static (int Cell, int Part) Between(int pixel)
    {
        int eighths = 2 * pixel + 1 - ColorPyramid.Cell;
        int cell = eighths < 0 ? -1 : eighths / Parts;
        return (cell, eighths - cell * Parts);
    }

    private void AddRow(int y, ReadOnlySpan<byte> row, int[] sums)
    {
        bool all = !visibility.AnyHidden(y, 1);
        for (int x = 0; x < visibility.Width; x++)
        {
            if (!all && visibility.IsHidden(y, x))
                continue;
            int cell = x / ColorPyramid.Cell * BytesPerPixel, pixel = x * BytesPerPixel;
            sums[cell] += row[pixel];
            sums[cell + 1] += row[pixel + 1];
            sums[cell + 2] += row[pixel + 2];
            sums[cell + 3]++;
        }
    }

    private void SetCells(int y, int[] sums)
    {
        for (int x = 0; x < _pyramid.Finest.Width; x++)
        {
            int at = x * BytesPerPixel, count = sums[at + 3];
            if (count > 0)
                _pyramid.Finest.Set(y, x, Mean(sums[at], count), Mean(sums[at + 1], count), Mean(sums[at + 2], count), (byte)count);
        }
    }

    private static byte Mean(int sum, int count) => (byte)((sum + count / 2) / count);
}
