using ImageMagick;
using ImageMagick.Formats;

namespace Wct.Imaging.Magick;

/// <summary>Sets the options of a format and encodes a picture.</summary>
internal static class MagickEncoder
{
    /// <summary>An encoder for a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">The caller's options. Those of other formats are ignored.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal static Func<MagickImage, byte[]> For(MagickFormat format, ImageWriteOptions options) => format switch
    {
        MagickFormat.WebP => WebP(options as WebPWriteOptions ?? new WebPWriteOptions()),
        MagickFormat.Avif => Avif(options as AvifWriteOptions ?? new AvifWriteOptions()),
        MagickFormat.Jxl => JpegXl(options as JpegXlWriteOptions ?? new JpegXlWriteOptions()),
        _ => Tiff(options as TiffWriteOptions ?? new TiffWriteOptions()),
    };

    private static Func<MagickImage, byte[]> WebP(WebPWriteOptions options)
    {
        Check(options.Quality, 0, 100, nameof(options.Quality));
        return image =>
        {
            image.Quality = (uint)options.Quality;
            // Exact keeps the colors of transparent pixels.
            return image.ToByteArray(new WebPWriteDefines { Lossless = options.Lossless, Exact = options.Lossless, UseSharpYuv = true });
        };
    }

    private static Func<MagickImage, byte[]> Avif(AvifWriteOptions options)
    {
        Check(options.Quality, 1, 100, nameof(options.Quality));
        Check(options.Speed, 0, 9, nameof(options.Speed));
        return image =>
        {
            image.Quality = (uint)options.Quality;
            // Full color resolution: a tenth of the error in saturated colors, for files that are a few percent larger.
            image.Settings.SetDefine("heic:chroma", "444");
            image.Settings.SetDefine("heic:speed", options.Speed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return image.ToByteArray(MagickFormat.Avif);
        };
    }

    private static Func<MagickImage, byte[]> JpegXl(JpegXlWriteOptions options)
    {
        Check(options.Quality, 1, 100, nameof(options.Quality));
        Check(options.Effort, 3, 9, nameof(options.Effort));
        return image =>
        {
            image.Quality = options.Lossless ? 100 : (uint)options.Quality;
            return image.ToByteArray(new JxlWriteDefines { Effort = options.Effort });
        };
    }

    private static Func<MagickImage, byte[]> Tiff(TiffWriteOptions options) => image =>
    {
        image.Settings.Compression = options.Compression switch
        {
            TiffCompression.None => CompressionMethod.NoCompression,
            TiffCompression.Lzw => CompressionMethod.LZW,
            _ => CompressionMethod.Zip,
        };
        return image.ToByteArray(MagickFormat.Tiff);
    };

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, the range is {least} to {most}.");
    }
}
