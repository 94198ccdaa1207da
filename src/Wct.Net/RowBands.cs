namespace Wct.Net;

/// <summary>Divides a picture's rows into bands; one band is read or written at a time.</summary>
internal static class RowBands
{
    private const int Rows = 64;

    /// <summary>Memory of the longest band in bytes: 4 bytes per pixel for the pixels, and 3 floats per pixel for the tensor.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="least">The minimum number of rows in the last band.</param>
    internal static long Bytes(int width, int least) => (long)(Rows + least) * width * (4 + (3 * sizeof(float)));

    /// <summary>The first row and the number of rows of each band.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="least">The minimum number of rows in the last band, if the picture has as many. The rows that extend the picture at the
    /// bottom are reflections of these.</param>
    internal static IEnumerable<(int First, int Count)> Of(int height, int least)
    {
        for (int first = 0; first < height;)
        {
            int count = height - first < Rows + least ? height - first : Rows;
            yield return (first, count);
            first += count;
        }
    }
}
