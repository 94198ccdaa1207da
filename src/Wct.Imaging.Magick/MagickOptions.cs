namespace Wct.Imaging.Magick;

/// <summary>Limits for decoding with ImageMagick.</summary>
public sealed record MagickOptions
{
    /// <summary>Bytes that all pictures in ImageMagick's memory may take together. Pictures that need more are refused. null means half of
    /// the memory that the machine and the process's container allow.</summary>
    /// <remarks>Decoders use memory of their own in addition.</remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Time for reading one file. It stops decoders that report progress (TIFF, Photoshop, raw). Those of HEIC, AVIF, WebP,
    /// JPEG XL and JPEG 2000 run to their end, and the file is refused then.</summary>
    /// <remarks>So that no small file takes long, a picture over 16 megapixels needs one byte in the file for each 4096 pixels.</remarks>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether to disable all other formats of ImageMagick, and to set its limits on memory and size. They hold for the whole
    /// process. Set this to false if the application uses Magick.NET itself, and then set limits there.</summary>
    /// <remarks>ImageMagick reads its policy once. If the application has used Magick.NET before, the policy has no effect.</remarks>
    public bool RestrictLibrary { get; init; } = true;
}
