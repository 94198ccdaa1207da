namespace Wct.Bindings;

/// <summary>A picture in memory that this struct doesn't own: an array, or an address such as that of a locked bitmap.</summary>
public readonly struct Pixels
{
    /// <summary>Describes a picture in an array; the bytes are not copied.</summary>
    /// <param name="bytes">Rows from top to bottom.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    public Pixels(byte[] bytes, int width, int height, int stride = 0, PixelLayout layout = PixelLayout.Rgb24)
    {
        Array = bytes ?? throw new ArgumentNullException(nameof(bytes));
        Stride = PixelRows.Check(bytes.Length, width, height, stride, layout, nameof(bytes));
        (Address, Length, Width, Height, Layout) = (IntPtr.Zero, bytes.Length, width, height, layout);
    }

    /// <summary>Describes a picture at an address. The memory must stay readable while this struct is used.</summary>
    /// <param name="address">Address of the top row's first byte.</param>
    /// <param name="length">Bytes that may be read there.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or bytes are missing.</exception>
    public Pixels(IntPtr address, long length, int width, int height, int stride, PixelLayout layout)
    {
        if (address == IntPtr.Zero)
            throw new ArgumentNullException(nameof(address));
        Stride = PixelRows.Check(length, width, height, stride, layout, nameof(length));
        (Array, Address, Length, Width, Height, Layout) = (null, address, length, width, height, layout);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Layout of a pixel.</summary>
    public PixelLayout Layout { get; }

    internal byte[]? Array { get; }

    internal IntPtr Address { get; }

    internal long Length { get; }

    /// <summary>Describes a picture's pixels.</summary>
    /// <exception cref="ArgumentNullException">The picture is null.</exception>
    public static implicit operator Pixels(PixelImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        return new Pixels(image.Bytes, image.Width, image.Height, image.Stride, image.Layout);
    }
}
