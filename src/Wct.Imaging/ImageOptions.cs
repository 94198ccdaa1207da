namespace Wct.Imaging;

/// <summary>Options for reading a picture.</summary>
public sealed record ImageReadOptions
{
    /// <summary>Largest number of pixels. Larger pictures are refused before memory is allocated for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Bytes that a reader may keep in memory if it must decode the whole picture before its first row: progressive JPEG,
    /// interlaced PNG, and pictures whose orientation must be applied. Larger pictures go through a temporary file. Interlaced GIF files,
    /// Photoshop files from streams that can't seek, and larger files of Wct.Imaging.Magick's formats are refused instead. null means a
    /// quarter of the memory that the machine and the process's container allow.</summary>
    /// <remarks>The limit doesn't include the rows that the caller reads (<see cref="ImageReader.ReadAll"/>), or what every format needs: a
    /// few rows of the picture, and buffers of some hundred kilobytes. The temporary file is in the folder that TMPDIR names. Without
    /// TMPDIR, it is in /var/tmp or in the system's folder for temporary files. It is deleted when the process ends, even after a
    /// crash.</remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Whether colors are converted to sRGB if a converter is registered (<see cref="ColorConversion.Register"/>). Without one,
    /// samples are read as they are, and <see cref="ImageReader.Metadata"/> has the file's color profile.</summary>
    public bool ConvertColors { get; init; } = true;

    /// <summary>Whether to refuse files that could be read with a warning (see <see cref="ImageReader.Warnings"/>).</summary>
    public bool Strict { get; init; }
}

/// <summary>Options for writing a picture in any format. The options of one format are in a derived record, such as
/// <see cref="JpegWriteOptions"/>; other formats ignore them.</summary>
public record ImageWriteOptions
{
    /// <summary>Exif data and color profile to write into the file, if they fit the pixels' layout and the format has a place for them, as
    /// PNG and JPEG do; null for none.</summary>
    /// <remarks>Exif data may contain the place where a photo was taken.</remarks>
    public ImageMetadata? Metadata { get; init; }

    /// <summary>Texts to write into a PNG file, before the pixels; other formats ignore them. At most 100 texts with valid keywords, and
    /// 1 MB of UTF-8; otherwise creating the file throws <see cref="ArgumentException"/>.</summary>
    /// <remarks>The texts of a picture that was read (<see cref="ImageReader.Text"/>) are not part of its metadata. They are written
    /// only if they are set here.</remarks>
    public IReadOnlyList<ImageText> Text { get; init; } = [];
}
