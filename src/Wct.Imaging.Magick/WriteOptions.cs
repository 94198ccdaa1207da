namespace Wct.Imaging.Magick;

/// <summary>Options for writing a WebP file.</summary>
public sealed record WebPWriteOptions : ImageWriteOptions
{
    /// <summary>Quality from 0 (smallest file) to 100 (best). With <see cref="Lossless"/>, it is the effort.</summary>
    public int Quality { get; init; } = 90;

    /// <summary>Whether all pixels are kept exactly.</summary>
    public bool Lossless { get; init; }
}

/// <summary>Options for writing an AVIF file.</summary>
public sealed record AvifWriteOptions : ImageWriteOptions
{
    /// <summary>Quality from 1 (smallest file) to 100 (best).</summary>
    public int Quality { get; init; } = 80;

    /// <summary>Speed of the encoder from 0 (smallest file) to 9 (fastest).</summary>
    public int Speed { get; init; } = 6;
}

/// <summary>Options for writing a JPEG XL file.</summary>
public sealed record JpegXlWriteOptions : ImageWriteOptions
{
    /// <summary>Quality from 1 (smallest file) to 100 (best; the same as <see cref="Lossless"/>).</summary>
    public int Quality { get; init; } = 90;

    /// <summary>Whether all pixels are kept exactly.</summary>
    public bool Lossless { get; init; }

    /// <summary>Effort of the encoder from 3 (fastest) to 9 (smallest file).</summary>
    public int Effort { get; init; } = 7;
}

/// <summary>Options for writing a TIFF file. All pixels are kept exactly.</summary>
public sealed record TiffWriteOptions : ImageWriteOptions
{
    /// <summary>How pixels are compressed.</summary>
    public TiffCompression Compression { get; init; } = TiffCompression.Deflate;
}

/// <summary>The compression of a TIFF file.</summary>
public enum TiffCompression
{
    /// <summary>No compression.</summary>
    None,

    /// <summary>LZW, which every program reads.</summary>
    Lzw,

    /// <summary>Deflate (ZIP), which gives the smallest files.</summary>
    Deflate,
}
