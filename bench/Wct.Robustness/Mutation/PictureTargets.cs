using Wct.Imaging;
using Wct.Imaging.Magick;
using Wct.Imaging.Tests.Seeds;

namespace Wct.Robustness.Mutation;

/// <summary>Lists the kinds of picture files and their readers.</summary>
internal static class PictureTargets
{
    private const int MostSeedBytes = 1 << 16;

    /// <param name="folder">A folder with further good files, of which those up to 64 KB are used; null for none.</param>
    /// <param name="maxPixels">Limit for reading.</param>
    internal static IReadOnlyList<MutationTarget> All(string? folder, long maxPixels = 1 << 16)
    {
        ImageReadOptions limits = new() { MaxPixels = maxPixels };
        byte[][] given = folder is null ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(path => new FileInfo(path).Length is > 0 and <= MostSeedBytes).Select(File.ReadAllBytes),
        ];
        MagickFormats.Register();
        byte[][] Given(Func<byte[], bool> matches) => [.. given.Where(matches)];
        return
        [
            Target("png", [.. PictureSeeds.Pngs(), .. Given(file => file is [0x89, (byte)'P', ..])], PngMutations.Any),
            Target("jpeg", [.. PictureSeeds.Jpegs(), .. Given(file => file is [0xFF, 0xD8, ..])], JpegMutations.Any),
            Target("netpbm", [.. Netpbm(), .. Given(file => file is [(byte)'P', >= (byte)'1' and <= (byte)'7', ..])], ByteMutations.Any),
            Target("bmp", [.. FileSeeds.Bmp(), .. Given(file => file.AsSpan().StartsWith("BM"u8))], ByteMutations.Any),
            Target("gif", [.. FileSeeds.Gif(), .. Given(file => file.AsSpan().StartsWith("GIF8"u8))], ByteMutations.Any),
            Target("psd", [.. FileSeeds.Psd(), .. Given(file => file.AsSpan().StartsWith("8BPS"u8))], ByteMutations.Any),
            Target("hdr", [.. FileSeeds.Hdr(), .. Given(file => file.AsSpan().StartsWith("#?R"u8))], ByteMutations.Any),
            Target("tga", FileSeeds.Tga(), ByteMutations.Any),
            Target("webp", [.. PictureSeeds.Encoded(".webp"), .. MagickSeeds.WebP(), .. Given(IsWebP)], ByteMutations.Any),
            Target("tif", [.. PictureSeeds.Encoded(".tif"), .. MagickSeeds.Tiff(), .. Given(IsTiff)], ByteMutations.Any),
            Target("avif", [.. PictureSeeds.Encoded(".avif"), .. Given(file => IsMedia(file, "avif"u8))], ByteMutations.Any),
            Target("jxl", [.. PictureSeeds.Encoded(".jxl"), .. MagickSeeds.JpegXl(), .. Given(IsJpegXl)], ByteMutations.Any),
            Target("jp2", [.. MagickSeeds.Jpeg2000(), .. Given(IsJpeg2000)], ByteMutations.Any),
            Target("psb", MagickSeeds.LargeDocuments(), ByteMutations.Any),
            .. Heic(),
        ];

        // HEIC files can't be made here, so they must be given.
        IEnumerable<MutationTarget> Heic()
        {
            byte[][] heic = Given(file => IsMedia(file, "hei"u8) || IsMedia(file, "mif1"u8));
            if (heic.Length > 0)
                yield return Target("heic", heic, ByteMutations.Any);
        }

        MutationTarget Target(string name, IReadOnlyList<byte[]> seeds, Func<byte[], Random, byte[]> mutate) =>
            new(name, seeds, mutate, file => Read(file, limits), error => error is ImageFormatException);
    }

    private static bool IsMedia(byte[] file, ReadOnlySpan<byte> brand) =>
        file.Length > 12 && file.AsSpan(4).StartsWith("ftyp"u8) && file.AsSpan(8).StartsWith(brand);

    private static bool IsWebP(byte[] file) => file.Length > 12 && file.AsSpan(8).StartsWith("WEBP"u8);

    private static bool IsTiff(byte[] file) => file.AsSpan().StartsWith("II*\0"u8) || file.AsSpan().StartsWith("MM\0*"u8);

    private static bool IsJpegXl(byte[] file) => file is [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', ..];

    private static bool IsJpeg2000(byte[] file) => file is [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', ..];

    private static IEnumerable<byte[]> Netpbm() =>
    [
        .. PictureSeeds.Encoded(".pnm"), [.. "P1\n# c\n3 2\n1 0 1 0 1 1\n"u8], [.. "P2 2 2 15 0 5 10 15"u8], [.. "P3\n1 1\n65535\n1 2 3"u8],
        [.. "P4\n9 1\n"u8, 1, 2], [.. "P5 2 1 65535\n"u8, 1, 2, 3, 4],
        [.. "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nENDHDR\n"u8, 1, 2, 3],
        [.. "Pf\n1 1\n-1.0\n"u8, 0, 0, 0, 63],
    ];

    private static void Read(byte[] file, ImageReadOptions limits)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "input", limits);
        reader.ReadAll();
    }
}
