using ImageMagick;
using Wct.Imaging.Magick;

namespace Wct.Robustness.Mutation;

/// <summary>Small good files of the formats that ImageMagick reads, of kinds that the library doesn't write.</summary>
internal static class MagickSeeds
{
    /// <summary>Animations, and files with profiles.</summary>
    internal static IReadOnlyList<byte[]> WebP() => [Frames(MagickFormat.WebP, 3), .. Profiles.All.Select(p => Profiles.File(".webp", p))];

    /// <summary>Files with several pages and all kinds of compression, and files with profiles.</summary>
    internal static IReadOnlyList<byte[]> Tiff() =>
    [
        Frames(MagickFormat.Tiff, 2), .. Profiles.All.Select(profile => Profiles.File(".tif", profile)),
        .. new[] { CompressionMethod.NoCompression, CompressionMethod.LZW, CompressionMethod.RLE, CompressionMethod.JPEG }.Select(
            compression => One(MagickFormat.Tiff, image => image.Settings.Compression = compression)),
        One(MagickFormat.Tiff, image => image.ColorSpace = ColorSpace.CMYK),
        One(MagickFormat.Tiff, image => image.ColorSpace = ColorSpace.Lab),
        One(MagickFormat.Tiff, image =>
        {
            image.ColorType = ColorType.Bilevel;
            image.Settings.Compression = CompressionMethod.Group4;
        }),
    ];

    /// <summary>Animations, and files with profiles, lossy and lossless.</summary>
    internal static IReadOnlyList<byte[]> JpegXl() =>
    [
        Frames(MagickFormat.Jxl, 3), .. Profiles.All.Select(profile => Profiles.File(".jxl", profile)),
        One(MagickFormat.Jxl, image => image.Quality = 100),
    ];

    /// <summary>Files with and without boxes, lossy and lossless.</summary>
    internal static IReadOnlyList<byte[]> Jpeg2000() =>
    [
        .. from format in new[] { MagickFormat.Jp2, MagickFormat.J2k } from quality in new uint[] { 40, 100 }
           select One(format, image => image.Quality = quality),
        One(MagickFormat.Jp2, image => image.ColorType = ColorType.Grayscale),
    ];

    /// <summary>Photoshop documents with layers.</summary>
    internal static IReadOnlyList<byte[]> LargeDocuments() =>
    [
        Frames(MagickFormat.Psb, 3), One(MagickFormat.Psb, image => image.ColorSpace = ColorSpace.CMYK),
        One(MagickFormat.Psb, image => image.Settings.Compression = CompressionMethod.RLE),
    ];

    private static byte[] One(MagickFormat format, Action<MagickImage> change)
    {
        using MagickImage image = Picture(1);
        change(image);
        return image.ToByteArray(format);
    }

    private static byte[] Frames(MagickFormat format, int count)
    {
        using MagickImageCollection frames = [];
        for (int i = 0; i < count; i++)
            frames.Add(Picture(i));
        return frames.ToByteArray(format);
    }

    private static MagickImage Picture(int number)
    {
        // The limits must be set before the library is used.
        if (!MagickFormats.IsAvailable)
            throw new UsageException("there is no ImageMagick library for this system");
        PixelImage noise = PictureSeeds.Picture(17 + number, 12, PixelLayout.Rgb24);
        MagickImage image = new();
        image.ReadPixels(noise.Bytes, new PixelReadSettings((uint)noise.Width, (uint)noise.Height, StorageType.Char, "RGB"));
        image.AnimationDelay = 5;
        return image;
    }
}
