namespace Wct.Imaging;

/// <summary>Counts the rows that were read or written. Throws if a buffer isn't a whole number of rows, or has more rows than are
/// left.</summary>
/// <param name="stride">Bytes of a row.</param>
/// <param name="height">Rows of the picture.</param>
internal struct RowCursor(int stride, int height)
{
    /// <summary>The next row, counted from the top.</summary>
    public int Next { get; private set; }

    /// <summary>Rows that are left.</summary>
    public readonly int Left => height - Next;

    /// <summary>Moves past the rows in <paramref name="bytes"/> bytes and returns their number.</summary>
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

    /// <summary>Throws if rows are missing.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public readonly void MustBeComplete()
    {
        if (Left != 0)
            throw new InvalidOperationException($"{Next} of {height} rows were written.");
    }
}
