namespace Wct;

/// <summary>Checks the description of a picture in memory.</summary>
internal static class PixelRows
{
    /// <summary>Checks that a picture of this size and stride fits in its memory.</summary>
    /// <param name="bytes">The memory's length.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <param name="name">The name of the memory's parameter, for messages.</param>
    /// <returns>The stride, with 0 replaced by the length of a row.</returns>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    internal static int Check(long bytes, int width, int height, int stride, PixelLayout layout, string name)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"The picture is {width}x{height} pixels; both sides must be at least 1.", nameof(width));
        long row = (long)width * layout.BytesPerPixel();
        if (row > int.MaxValue)
            throw new ArgumentException($"A row of {width} pixels takes {row} bytes; at most {int.MaxValue} are possible.", nameof(width));
        if (stride != 0 && stride < row)
            throw new ArgumentException($"'stride' is {stride} bytes, a row of {width} pixels needs {row}.", nameof(stride));
        int actual = stride == 0 ? (int)row : stride;
        long needed = (height - 1L) * actual + row;
        if (bytes < needed)
            throw new ArgumentException($"'{name}' has {bytes} bytes, {width}x{height} pixels with stride {actual} need {needed}.", name);
        return actual;
    }
}
