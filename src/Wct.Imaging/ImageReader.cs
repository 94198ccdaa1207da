namespace Wct.Imaging;

/// <summary>An opened picture that gives its rows from top to bottom, holding no more of it in memory than its format demands.</summary>
/// <remarks>Readers own their stream. They are not safe for use by several threads at once.</remarks>
public abstract class ImageReader : IDisposable
{
    /// <summary>Pixels per row, at least 1, after any orientation was applied.</summary>
    public abstract int Width { get; }

    /// <summary>Rows, at least 1, after any orientation was applied.</summary>
    public abstract int Height { get; }

    /// <summary>Layout of the pixels given: the simplest that loses nothing at 8 bits per component.</summary>
    public abstract PixelFormat Format { get; }

    /// <summary>Bytes that the reader may keep, as <see cref="ImageReadOptions.MaxMemory"/> says; can be changed until the first row is
    /// read.</summary>
    public virtual long MaxMemory { get; set; } = long.MaxValue;

    /// <summary>What is wrong with the file although it can be read, a line each; complete once the last row was read.</summary>
    /// <remarks>Damaged files are decoded as libjpeg-turbo and libpng do. <see cref="ImageReadOptions.Strict"/> refuses them instead.</remarks>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>What the file tells about the picture, for <see cref="ImageWriteOptions.Metadata"/>.</summary>
    public virtual ImageMetadata Metadata => new();

    /// <summary>Reads the next rows.</summary>
    /// <param name="destination">A whole number of rows, [rows, Width, components]; no more than are left.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    /// <exception cref="IOException">The file can't be read, or a temporary one that is needed (<see cref="MaxMemory"/>) can't be had; the
    /// latter message names the picture.</exception>
    public abstract void ReadRows(Span<byte> destination);

    /// <summary>Reads all rows; nothing may have been read before.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    public Bitmap ReadAll()
    {
        Bitmap bitmap = new(Width, Height, Format);
        ReadRows(bitmap.Pixels);
        return bitmap;
    }

    /// <summary>Closes the stream.</summary>
    public abstract void Dispose();
}
