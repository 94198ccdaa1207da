namespace Wct.Imaging.Png;

/// <summary>One pass of Adam7 interlacing: every so many columns and rows, from an origin (section 8.2).</summary>
internal readonly record struct Adam7Pass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The seven passes in the order of the file.</summary>
    internal static readonly Adam7Pass[] All =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    /// <summary>Pixels per row of the pass; 0 where the picture is too narrow to have any.</summary>
    internal int Columns(int width) => (int)(((long)width - X + StepX - 1) / StepX);

    /// <summary>Rows of the pass; 0 where the picture is too low to have any.</summary>
    internal int Rows(int height) => (int)(((long)height - Y + StepY - 1) / StepY);

    /// <summary>Puts the pixels of a row of the pass where they belong.</summary>
    /// <param name="pixels">Consecutive pixels of the pass.</param>
    /// <param name="bytesPerPixel">Bytes of a pixel.</param>
    /// <param name="row">The picture's row, of which the pixels between are left alone.</param>
    internal void Scatter(ReadOnlySpan<byte> pixels, int bytesPerPixel, Span<byte> row)
    {
        int target = X * bytesPerPixel, step = StepX * bytesPerPixel;
        for (int i = 0; i < pixels.Length; i += bytesPerPixel, target += step)
            pixels.Slice(i, bytesPerPixel).CopyTo(row[target..]);
    }
}
