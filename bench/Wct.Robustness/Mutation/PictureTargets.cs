using Wct.Imaging;

namespace Wct.Robustness.Mutation;

/// <summary>Lists the kinds of picture files and their readers.</summary>
internal static class PictureTargets
{
    // Small enough that a damaged size needs little memory and time.
    private static readonly ImageReadOptions Limits = new() { MaxPixels = 1 << 16 };

    private const int MostSeedBytes = 1 << 16;

    /// <param name="folder">A folder with further good files, of which those up to 64 KB are used; null for none.</param>
    internal static IReadOnlyList<MutationTarget> All(string? folder)
    {
        byte[][] given = folder is null ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(path => new FileInfo(path).Length is > 0 and <= MostSeedBytes).Select(File.ReadAllBytes),
        ];
        byte[][] Given(Func<byte[], bool> matches) => [.. given.Where(matches)];
        return
        [
            Target("png", [.. PictureSeeds.Pngs(), .. Given(file => file is [0x89, (byte)'P', ..])], PngMutations.Any),
            Target("jpeg", [.. PictureSeeds.Jpegs(), .. Given(file => file is [0xFF, 0xD8, ..])], JpegMutations.Any),
            Target("netpbm", [.. Netpbm(), .. Given(file => file is [(byte)'P', >= (byte)'1' and <= (byte)'7', ..])], ByteMutations.Any),
        ];
    }

    private static IEnumerable<byte[]> Netpbm() =>
    [
        .. PictureSeeds.Encoded(".pnm"), [.. "P1\n# c\n3 2\n1 0 1 0 1 1\n"u8], [.. "P2 2 2 15 0 5 10 15"u8], [.. "P3\n1 1\n65535\n1 2 3"u8],
        [.. "P4\n9 1\n"u8, 1, 2], [.. "P5 2 1 65535\n"u8, 1, 2, 3, 4],
        [.. "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nENDHDR\n"u8, 1, 2, 3],
        [.. "Pf\n1 1\n-1.0\n"u8, 0, 0, 0, 63],
    ];

    private static MutationTarget Target(string name, IReadOnlyList<byte[]> seeds, Func<byte[], Random, byte[]> mutate) =>
        new(name, seeds, mutate, Read, error => error is ImageFormatException);

    private static void Read(byte[] file)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "input", Limits);
        reader.ReadAll();
    }
}
