namespace Wct.Imaging;

/// <summary>A decoded picture in memory: rows from top to bottom, without gaps between them.</summary>
public sealed class Bitmap
{
    /// <summary>A black (and, with alpha, transparent) picture.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">Layout of a pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the picture needs more than 2 GB.</exception>
    public Bitmap(int width, int height, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Int128 bytes = (Int128)width * height * format.BytesPerPixel();
        if (bytes > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(height), $"{width}x{height} pixels need {bytes} bytes, an array holds {Array.MaxLength}.");
        Width = width;
        Height = height;
        Format = format;
        Pixels = new byte[(int)bytes];
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Layout of a pixel.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from one row to the next: width times the bytes of a pixel.</summary>
    public int Stride => Width * Format.BytesPerPixel();

    /// <summary>The pixels: [Height, Width, components].</summary>
    public byte[] Pixels { get; }

    /// <summary>The bytes of row <paramref name="y"/>, counted from the top.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Stride, Stride);

    /// <summary>The picture as red, green, blue: this one if it is that already, otherwise a copy. What is transparent is laid over white.</summary>
    public Bitmap ToRgb()
    {
        if (Format == PixelFormat.Rgb24)
            return this;
        Bitmap rgb = new(Width, Height, PixelFormat.Rgb24);
        RgbConversion.Convert(Pixels, Format, rgb.Pixels);
        return rgb;
    }
}
