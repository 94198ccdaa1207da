using Wct.Imaging;
using Wct.Imaging.Magick;

namespace Wct.Cli;

/// <summary>The options for writing a result with a quality, which each lossy format has in a record of its own.</summary>
internal static class ResultOptions
{
    /// <summary>The options of a format.</summary>
    /// <param name="extension">The file's extension with the dot, in any case.</param>
    /// <param name="quality">1 to 100; 0 for the format's default. Formats without loss ignore it.</param>
    internal static ImageWriteOptions Of(string extension, int quality) => (extension.ToLowerInvariant(), quality) switch
    {
        (_, 0) => new ImageWriteOptions(),
        (".jpg" or ".jpeg" or ".jpe", _) => new JpegWriteOptions { Quality = quality },
        (".webp", _) => new WebPWriteOptions { Quality = quality },
        (".avif", _) => new AvifWriteOptions { Quality = quality },
        (".jxl", _) => new JpegXlWriteOptions { Quality = quality },
        _ => new ImageWriteOptions(),
    };
}
