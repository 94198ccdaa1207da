namespace Wct.Imaging.Png;

/// <summary>One pass of Adam7 interlacing: every StepX-th column from X on, of every StepY-th row from Y on (section 8.2).</summary>
internal readonly record struct Adam7Pass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The seven passes in the order of the file.</summary>
    internal static readonly Adam7Pass[] All =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    /// <summary>Pixels per row of the pass; 0 if the picture is too narrow to have any.</summary>
    internal int Columns(int width) => (int)(((long)width - X + StepX - 1) / StepX);

    /// <summary>Rows of the pass; 0 if the picture has too few rows.</summary>
    internal int Rows(int height) => (int)(((long)height - Y + StepY - 1) / StepY);

    /// <summary>Copies a row of the pass to its columns in the picture's row.</summary>
    /// <param name="pixels">Consecutive pixels of the pass.</param>
    /// <param name="bytesPerPixel">Bytes of a pixel.</param>
    /// <param name="row">The picture's row. Its other pixels don't change.</param>
    internal void Scatter(ReadOnlySpan<byte> pixels, int bytesPerPixel, Span<byte> row)
    {
        int target = X * bytesPerPixel, step = StepX * bytesPerPixel;
        for (int i = 0; i < pixels.Length; i += bytesPerPixel, target += step)
            pixels.Slice(i, bytesPerPixel).CopyTo(row[target..]);
    }
}
