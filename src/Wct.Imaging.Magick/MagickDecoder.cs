using System.Diagnostics;
using System.Text.RegularExpressions;
using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Decodes a file with ImageMagick, within limits.</summary>
/// <param name="source">The file's name, for messages.</param>
/// <param name="options">The caller's options.</param>
internal sealed partial class MagickDecoder(string source, ImageReadOptions options)
{
    /// <summary>Remarks of ImageMagick about the file.</summary>
    internal ImageWarnings Warnings { get; } = new(source, options.Strict);

    /// <summary>Decodes the first picture of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="orientation">Where the file's orientation is.</param>
    /// <exception cref="ImageFormatException">The file is damaged, over a limit, or of a kind that isn't supported. Or ImageMagick's
    /// library is missing.</exception>
    internal DecodedImage Decode(byte[] file, MagickFormat format, OrientationSource orientation)
    {
        if (MagickLibrary.State == LibraryState.Missing)
            throw new ImageFormatException(source, MagickLibrary.MissingProblem);
        if (format == MagickFormat.WebP)
            file = WebPFrames.First(file);
        if (format is MagickFormat.Jp2 or MagickFormat.J2k)
            Jpeg2000Tiles.Check(source, file);
        MagickImage image = new();
        try
        {
            Stopwatch clock = Stopwatch.StartNew();
            image.Progress += (_, progress) => progress.Cancel = clock.Elapsed > MagickLibrary.Options.MaxTime;
            image.Ping(file, Settings(format));
            DecodingLimits.Check(source, image.Width, image.Height, file.Length, options);
            image.Warning += (_, warning) => Note(warning.Message);
            image.Read(file, Settings(format));
            if (clock.Elapsed > MagickLibrary.Options.MaxTime)
                throw new ImageFormatException(source, $"reading it takes more than {MagickLibrary.Options.MaxTime.TotalSeconds} s");
            DecodingLimits.Check(source, image.Width, image.Height, file.Length, options);
            byte[] exif = Exif(image), profile = StoredColors.Resolve(image, file, format, options.ConvertColors);
            ImageMetadata metadata = ImageMetadata.Of(exif, profile, Warnings);
            return new DecodedImage(image, metadata, StoredColors.IsGray(image, metadata), orientation switch
            {
                OrientationSource.Decoder => Math.Max(1, (int)image.Orientation),
                OrientationSource.Exif => ExifBlock.Orientation(exif) ?? 1,
                _ => 1,
            });
        }
        catch (MagickException error)
        {
            image.Dispose();
            throw new ImageFormatException(source, Problem(error));
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    // Exif data must not change the orientation that the format itself has.
    private static MagickReadSettings Settings(MagickFormat format) =>
        new() { Format = format, FrameIndex = 0, FrameCount = 1, SyncImageWithExifProfile = false };

    private static byte[] Exif(MagickImage image)
    {
        byte[] exif = image.GetProfile("exif")?.ToByteArray() ?? [];
        return exif.AsSpan().StartsWith("Exif\0\0"u8) ? exif[6..] : exif;
    }

    private void Note(string warning)
    {
        // Cameras and scanners write tags of their own into TIFF files.
        if (!warning.Contains("Unknown field", StringComparison.Ordinal))
            Warnings.Add($"ImageMagick: {Clean(warning)}");
    }

    private static string Problem(MagickException error) => error is MagickResourceLimitErrorException
        ? $"over a limit of ImageMagick: {Clean(error.Message)}" : $"can't be decoded: {Clean(error.Message)}";

    /// <summary>Shortens a message of ImageMagick. It ends with the memory block and the place in ImageMagick's source, and may name the
    /// temporary file of a raw picture.</summary>
    internal static string Clean(string message)
    {
        int end = message.IndexOf(" @ ", StringComparison.Ordinal);
        return OneLine.Clean(TemporaryName().Replace(end < 0 ? message : message[..end], "")).Trim();
    }

    // Names of memory blocks are empty, and those of temporary files contain "magick-".
    [GeneratedRegex("`(|[^`']*magick-[^`']*)'")]
    private static partial Regex TemporaryName();
}
