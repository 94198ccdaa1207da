namespace Wct.Imaging;

/// <summary>Limits for reading a picture.</summary>
public sealed record ImageReadOptions
{
    /// <summary>Pictures with more pixels than this are refused before memory is taken for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

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
