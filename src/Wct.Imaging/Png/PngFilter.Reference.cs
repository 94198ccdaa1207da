namespace Wct.Imaging.Png;

/// <summary>The definition of the filters, byte by byte (section 9.2). The fast filters are tested against it.</summary>
internal static class PngFilterReference
{
    /// <summary>The value that a filter predicts for a byte.</summary>
    /// <param name="filter">Type of the filter.</param>
    /// <param name="left">The corresponding byte of the pixel to the left, 0 in the first pixel.</param>
    /// <param name="above">The byte above, 0 in the first row.</param>
    /// <param name="aboveLeft">The byte above <paramref name="left"/>, 0 in the first pixel or row.</param>
    internal static byte Predict(PngFilter filter, byte left, byte above, byte aboveLeft) => filter switch
    {
        PngFilter.None => 0,
        PngFilter.Sub => left,
        PngFilter.Up => above,
        PngFilter.Average => (byte)((left + above) / 2),
        PngFilter.Paeth => Paeth(left, above, aboveLeft),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "not a filter type"),
    };

    /// <summary>Filters a row. The rows have the same length and must not overlap.</summary>
    internal static void Apply(PngFilter filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> prior, int distance, Span<byte> filtered)
    {
        for (int i = 0; i < row.Length; i++)
            filtered[i] = (byte)(row[i] - Predict(filter, At(row, i - distance), prior[i], At(prior, i - distance)));
    }

    /// <summary>Restores a row. The rows have the same length and must not overlap.</summary>
    internal static void Undo(PngFilter filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> prior, int distance, Span<byte> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (byte)(filtered[i] + Predict(filter, At(row, i - distance), prior[i], At(prior, i - distance)));
    }

    /// <summary>Sum of the absolute values of a filtered row's bytes, taken as signed.</summary>
    internal static long Cost(ReadOnlySpan<byte> filtered)
    {
        long sum = 0;
        foreach (byte b in filtered)
            sum += Math.Abs((int)(sbyte)b);
        return sum;
    }

    private static byte At(ReadOnlySpan<byte> row, int index) => index < 0 ? (byte)0 : row[index];

    private static byte Paeth(int left, int above, int aboveLeft)
    {
        int guess = left + above - aboveLeft;
        (int toLeft, int toAbove, int toAboveLeft) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
            return (byte)left;
        return (byte)(toAbove <= toAboveLeft ? above : aboveLeft);
    }
}
