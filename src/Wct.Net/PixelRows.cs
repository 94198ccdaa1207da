namespace Wct.Net;

/// <summary>Arithmetic of rows of pixels.</summary>
internal static class PixelRows
{
    /// <summary>Checks a picture's description.</summary>
    /// <returns>The stride, with 0 replaced by the length of a row.</returns>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    internal static int Check(long bytes, int width, int height, int stride, PixelFormat format, string name)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"The picture is {width}x{height} pixels; both sides must be at least 1.", nameof(width));
        long row = (long)width * format.BytesPerPixel();
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
