namespace Wct.Imaging;

/// <summary>Counts the rows that were read or written, and refuses what is no whole number of rows or too many of them.</summary>
/// <param name="stride">Bytes of a row.</param>
/// <param name="height">Rows of the picture.</param>
internal struct RowCursor(int stride, int height)
{
    /// <summary>The next row, counted from the top.</summary>
    public int Next { get; private set; }

    /// <summary>Rows that are still to come.</summary>
    public readonly int Left => height - Next;

    /// <summary>Moves past the rows that <paramref name="bytes"/> bytes hold and returns how many these are.</summary>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    public int Take(int bytes, string parameter)
    {
        (int rows, int rest) = Math.DivRem(bytes, stride);
        if (rest != 0)
            throw new ArgumentException($"{bytes} bytes are not a whole number of rows of {stride} bytes.", parameter);
        if (rows > Left)
            throw new ArgumentException($"{rows} rows do not fit: {Left} of {height} are left.", parameter);
        Next += rows;
        return rows;
    }

    /// <summary>Refuses to end a picture that lacks rows.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public readonly void MustBeComplete()
    {
        if (Left != 0)
            throw new InvalidOperationException($"{Next} of {height} rows were written.");
    }
}
