using System.Buffers.Binary;
using Wct.Imaging;

namespace Wct.Robustness.Mutation;

/// <summary>Creates small good picture files of all kinds, so that the program needs no files.</summary>
internal static class PictureSeeds
{
    // Sizes with whole and partial blocks.
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (7, 5), (16, 16), (33, 9)];

    // The layouts of files. Other layouts would be converted to these and add no seeds.
    private static readonly PixelLayout[] Layouts = [PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32];

    private static readonly (int ColorType, int[] Depths)[] PngKinds =
        [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];

    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    internal static IReadOnlyList<byte[]> Encoded(string extension) =>
    [
        .. from size in Sizes from format in Layouts
           where format.BytesPerPixel() != 4 || extension == ".png"
           select ImageFile.Encode(extension, Picture(size.Width, size.Height, format)),
    ];

    /// <summary>Creates files of each color type, depth and interlacing, with noise as samples, and files with texts.</summary>
    internal static IReadOnlyList<byte[]> Pngs() =>
    [
        .. Encoded(".png"), WrittenTexts(), Texts(), .. Colors(),
        .. from size in Sizes from kind in PngKinds from depth in kind.Depths from interlaced in new[] { false, true }
           select Png(size.Width, size.Height, kind.ColorType, depth, interlaced),
    ];

    /// <summary>Creates baseline files with the encoder, and progressive, restarting and arithmetic-coded files with scans of
    /// noise.</summary>
    internal static IReadOnlyList<byte[]> Jpegs()
    {
        List<byte[]> files = [.. Encoded(".jpg"), .. Profiles.All.Select(profile => Profiles.File(".jpg", profile))];
        foreach (byte[] file in files.ToArray())
        {
            files.Add(Progressive(file));
            files.Add(Restarting(file));
        }

        files.AddRange(files.ConvertAll(Arithmetic));
        return files;
    }

    // Files whose colors are described by profiles and by chunks.
    private static IEnumerable<byte[]> Colors()
    {
        byte[] header = [0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0], rows = PngMutations.Compressed([0, 1, 2, 3, 200, 100, 50]);
        (string, byte[])[][] chunks =
        [
            [("cICP", [12, 13, 0, 1])], [("gAMA", [0, 1, 0x86, 0xA0])],
            [("gAMA", [0, 0, 0xB1, 0x8F]), ("cHRM", [.. new byte[] { 0, 0, 0x7A, 0x26, 0, 0, 0x80, 0x84 }, .. new byte[24]])],
        ];
        return
        [
            .. Profiles.All.Select(profile => Profiles.File(".png", profile)),
            .. chunks.Select(colors => PngMutations.File([("IHDR", header), .. colors, ("IDAT", rows), ("IEND", [])])),
        ];
    }

    /// <summary>A picture of noise.</summary>
    internal static PixelImage Picture(int width, int height, PixelLayout format)
    {
        PixelImage bitmap = new(width, height, format);
        new Random(width).NextBytes(bitmap.Bytes);
        return bitmap;
    }

    // A text that is stored, and one that is compressed.
    private static byte[] WrittenTexts() => ImageFile.Encode(".png", Picture(7, 5, PixelLayout.Rgb24), new()
    {
        Text = [new("wct:recipe", "{\"strength\": 0.6}"), new("Comment", string.Concat(Enumerable.Range(0, 1000)))],
    });

    // Texts of all kinds before and after the image data.
    private static byte[] Texts()
    {
        byte[] packed = PngMutations.Compressed("compressed text"u8);
        (string, byte[])[] texts =
        [
            ("tEXt", [.. "Title\0text"u8]), ("zTXt", [.. "Comment\0\0"u8, .. packed]), ("iTXt", [.. "Author\0\0\0en\0Author\0text"u8]),
            ("iTXt", [.. "Source\0\u0001\0\0\0"u8, .. packed]),
        ];
        byte[] header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
        return PngMutations.File([("IHDR", header), .. texts, ("IDAT", PngMutations.Compressed([0, 1])), .. texts, ("IEND", [])]);
    }

    private static byte[] Png(int width, int height, int colorType, int depth, bool interlaced)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colorType, interlaced ? (byte)1 : (byte)0);
        int channels = colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        // Each byte is 0 to 4, so it is a valid filter type wherever a row begins.
        int length = interlaced
            ? Adam7.Sum(pass => Rows((width - pass.X + pass.StepX - 1) / pass.StepX, (height - pass.Y + pass.StepY - 1) / pass.StepY))
            : Rows(width, height);
        byte[] rows = ByteMutations.Noise(new Random(depth), length);
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (byte)(rows[i] % 5);
        List<(string, byte[])> chunks = [("IHDR", header)];
        if (colorType == 3)
            chunks.AddRange([("PLTE", ByteMutations.Noise(new Random(1), 3 << depth)), ("tRNS", [1, 2])]);
        chunks.AddRange([("IDAT", PngMutations.Compressed(rows)), ("IEND", [])]);
        return PngMutations.File(chunks);

        int Rows(int columns, int count) => columns == 0 ? 0 : count * (1 + (columns * channels * depth + 7) / 8);
    }

    // Keeps the tables, and adds scans of noise for DC, AC and refinement.
    private static byte[] Progressive(byte[] baseline)
    {
        List<byte[]> parts = JpegMutations.Parts(baseline);
        int frame = parts.FindIndex(part => part[1] == 0xC0), scan = parts.FindIndex(part => part[1] == 0xDA);
        parts[frame][1] = 0xC2;
        byte components = parts[frame][9];
        Random random = new(components);
        byte[] Scan(int[] ids, byte first, byte last, byte approximation) =>
        [
            .. JpegMutations.Segment(0xDA, [(byte)ids.Length, .. ids.SelectMany(id => (byte[])[(byte)id, 0]), first, last, approximation]),
            .. ByteMutations.Noise(random, 60).Select(value => (byte)(value & 0x7F)),
        ];
        int[] all = [.. Enumerable.Range(0, components).Select(i => (int)parts[frame][10 + 3 * i])];
        parts[scan] =
        [
            .. Scan(all, 0, 0, 1), .. Scan(all[..1], 1, 5, 2), .. Scan(all[..1], 6, 63, 2), .. Scan(all[..1], 1, 63, 0x21),
            .. Scan(all, 0, 0, 0x10),
        ];
        return [.. parts.SelectMany(bytes => bytes)];
    }

    // Keeps the data, with a frame header for arithmetic coding.
    private static byte[] Arithmetic(byte[] file)
    {
        List<byte[]> parts = JpegMutations.Parts(file);
        byte[] frame = parts.Find(part => part[1] is 0xC0 or 0xC2)!;
        frame[1] = frame[1] == 0xC0 ? (byte)0xC9 : (byte)0xCA;
        parts.Insert(parts.IndexOf(frame), JpegMutations.Segment(0xCC, [0, 0x10, 0x10, 5]));
        return [.. parts.SelectMany(bytes => bytes)];
    }

    private static byte[] Restarting(byte[] baseline)
    {
        List<byte[]> parts = JpegMutations.Parts(baseline);
        int scan = parts.FindIndex(part => part[1] == 0xDA);
        parts[scan] = ByteMutations.Inserted(parts[scan], parts[scan].Length, [0xFF, 0xD0, 1, 2, 3, 0xFF, 0xD1, 4, 5, 6]);
        parts.Insert(scan, JpegMutations.Segment(0xDD, [0, 1]));
        return [.. parts.SelectMany(bytes => bytes)];
    }
}
