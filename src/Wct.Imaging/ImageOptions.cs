namespace Wct.Imaging;

/// <summary>Limits for reading a picture.</summary>
public sealed record ImageReadOptions
{
    /// <summary>Pictures with more pixels than this are refused before memory is taken for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Bytes that a reader may keep of a picture that must be decoded to its end before its first row is known: progressive JPEG,
    /// interlaced PNG, pictures that are stored turned. Larger ones go through a temporary file. null: a quarter of the memory that the
    /// process may use, including the limits of its container.</summary>
    /// <remarks>Not counted are the rows that the caller asks for (<see cref="ImageReader.ReadAll"/>), and what every format needs: a few
    /// rows of the picture, and buffers of some hundred kilobytes. The temporary file is in the folder that TMPDIR names, otherwise in
    /// /var/tmp or the system's folder for temporary files. It has no name while it is used, and is gone when the process ends.</remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Whether files are refused that could be read with a warning (see <see cref="ImageReader.Warnings"/>).</summary>
    public bool Strict { get; init; }
}

/// <summary>Choices for writing a picture in any format. A format's own choices are in a record of its own, such as
/// <see cref="JpegWriteOptions"/>; other formats ignore them.</summary>
public record ImageWriteOptions
{
    /// <summary>Exif data and color profile to write into a PNG or JPEG file, if they fit the pixels' layout; null for none.</summary>
    /// <remarks>Exif data may hold the place where a photo was taken.</remarks>
    public ImageMetadata? Metadata { get; init; }
}
