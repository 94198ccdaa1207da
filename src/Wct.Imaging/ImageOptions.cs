namespace Wct.Imaging;

/// <summary>Limits for reading a picture.</summary>
public sealed record ImageReadOptions
{
    /// <summary>Pictures with more pixels than this are refused before memory is taken for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Bytes that a reader may keep of a picture whose format has to be read to the end before the first row is there:
    /// progressive JPEG, interlaced PNG, pictures that are stored turned. What needs more goes through a temporary file. null: a quarter
    /// of the memory that the process may take, limits of its container included.</summary>
    /// <remarks>What is asked of the reader is not counted (<see cref="ImageReader.ReadAll"/>), nor what every format takes: a few rows of
    /// the picture, and buffers of some hundred kilobytes. The file lies in the folder that TMPDIR names, else in /var/tmp or the system's
    /// folder for temporary files; it has no name while it is used, and nothing of it stays.</remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Whether files are refused that could be read with a warning (see <see cref="ImageReader.Warnings"/>).</summary>
    public bool Strict { get; init; }
}

/// <summary>Choices for writing a picture.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>JPEG quality from 1 (smallest) to 100 (best), on the scale of the Independent JPEG Group.</summary>
    public int JpegQuality { get; init; } = 92;

    /// <summary>What else to write into a PNG or JPEG file, as far as it fits the pixels' format: null for nothing.</summary>
    /// <remarks>Exif data may hold the place where a photo was taken.</remarks>
    public ImageMetadata? Metadata { get; init; }
}
