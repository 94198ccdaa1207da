namespace Wct.Net;

/// <summary>Division of a picture's rows into bands that are read and written at a time.</summary>
internal static class RowBands
{
    private const int Rows = 64;

    /// <summary>Bytes of the longest band: its pixels, and the same in single precision.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="least">As below.</param>
    internal static long Bytes(int width, int least) => (long)(Rows + least) * width * (4 + (3 * sizeof(float)));

    /// <summary>First row and number of rows of each band.</summary>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="least">Rows that the last band has at least, if the picture does: the rows that those below the picture
    /// reflect.</param>
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
