namespace Wct.Bindings;

/// <summary>Computes and checks the sizes of rows of pixels.</summary>
internal static class PixelRows
{
    /// <summary>Checks a picture's description. The library checks it again, but memory is allocated before the library is
    /// called.</summary>
    /// <returns>The stride, with 0 replaced by the length of a row.</returns>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    internal static int Check(long bytes, int width, int height, int stride, PixelLayout layout, string name)
    {
        long row = Row(width, height, layout);
        if (stride != 0 && stride < row)
            throw new ArgumentException($"'stride' is {stride} bytes, a row of {width} pixels needs {row}.", nameof(stride));
        int actual = stride == 0 ? (int)row : stride;
        long needed = ((height - 1L) * actual) + row;
        if (bytes < needed)
            throw new ArgumentException($"'{name}' has {bytes} bytes, {width}x{height} pixels with stride {actual} need {needed}.", name);
        return actual;
    }

    /// <summary>Allocates memory for a picture whose rows have no gaps.</summary>
    /// <exception cref="ArgumentException">A side is below 1, or the picture needs more bytes than an array holds.</exception>
    internal static byte[] Allocate(int width, int height, PixelLayout layout)
    {
        // The largest length of an array. .NET Standard 2.0 has no name for it.
        const int Longest = 0x7FFFFFC7;
        decimal length = (decimal)Row(width, height, layout) * height;
        if (length > Longest)
            throw new ArgumentException($"{width}x{height} pixels need {length} bytes, an array holds {Longest}.", nameof(height));
        return new byte[(int)length];
    }

    private static long Row(int width, int height, PixelLayout layout)
    {
        if (width < 1 || height < 1)
            throw new ArgumentException($"The picture is {width}x{height} pixels; both sides must be at least 1.", nameof(width));
        long row = (long)width * layout.BytesPerPixel();
        if (row > int.MaxValue)
            throw new ArgumentException($"A row of {width} pixels takes {row} bytes; at most {int.MaxValue} are possible.", nameof(width));
        return row;
    }
}
