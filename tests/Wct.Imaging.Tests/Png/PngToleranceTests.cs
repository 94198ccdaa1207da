using System.Buffers.Binary;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>Files that libpng reads with a warning are read with a warning, to the same pixels.</summary>
public class PngToleranceTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "palette of 7 bytes in RGB", "chunk PLTE of 7 bytes is ignored: entries have 3" },
        { "palette in gray", "chunk PLTE of 6 bytes is ignored: the picture is gray" },
        { "surplus palette", "chunk PLTE has 20 entries, 16 can be used" },
        { "tRNS too long", "chunk tRNS of 12 bytes is ignored: 1 to 11 are possible" },
        { "tRNS empty", "chunk tRNS of 0 bytes is ignored: 1 to 11 are possible" },
        { "tRNS before the palette", "chunk tRNS of 3 bytes is ignored: it comes before the palette" },
        { "tRNS short in RGB", "chunk tRNS of 2 bytes is ignored: 6 are needed" },
        { "tRNS long in gray", "chunk tRNS of 3 bytes is ignored: 2 are needed" },
        { "tRNS with alpha", "chunk tRNS of 6 bytes is ignored: pixels have alpha" },
        { "second tRNS", "chunk tRNS of 1 bytes is ignored: it is the second" },
        { "index beyond the palette", "damaged: a pixel's color is not in the palette: 15 of 11; it is black" },
        { "index beyond the palette, tRNS", "damaged: a pixel's color is not in the palette: 15 of 11; it is black" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_read_as_pngtopnm_reads_it(string kind, string warning)
    {
        byte[] file = Make(kind);
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "x.png", new());
        PixelImage bitmap = reader.ReadAll();
        Assert.Equal(warning, Assert.Single(reader.Warnings));
        ImageFormatException refused = Assert.Throws<ImageFormatException>(() =>
        {
            using ImageReader strict = new PngFormat().Open(new MemoryStream(file), "x.png", new() { Strict = true });
            strict.ReadAll();
        });
        Assert.StartsWith($"x.png: {warning}", refused.Message, StringComparison.Ordinal);

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.png"), file);
        Assert.True(RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", folder.File("x.png"))).Rgb().SequenceEqual(TestPictures.Rgb(bitmap)), kind);
        byte[] alpha = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", "-alpha", folder.File("x.png"))).Samples;
        Assert.True(alpha.SequenceEqual(TestPictures.Alpha(bitmap)), kind);
    }

    [Fact]
    public void Problems_after_the_last_row_only_give_warnings()
    {
        (byte[] file, byte[] pixels) = new PngForge(9, 7, 2, 8, Interlaced: false, Transparent: false, Seed: 1) { Excess = 30_000 }.Make();
        Assert.Equal("there is more image data than the rows take", Warning(file, pixels));
        (file, pixels) = new PngForge(9, 7, 2, 8, Interlaced: false, Transparent: false, Seed: 1).Make();
        file[23]--;
        Assert.Equal("there is more image data than the rows take", Warning(PngDamageTests.RepairChecks(file), pixels[..^27]));
        (file, pixels) = new PngForge(9, 7, 2, 8, Interlaced: true, Transparent: false, Seed: 1) { WithEnd = false }.Make();
        Assert.Equal("truncated: no chunk IEND", Warning(file, pixels));
        Assert.Equal("after the last row: damaged: a chunk is named 0x01020304, chunks have names of four letters", Warning(
            [.. file, 0, 0, 0, 0, 1, 2, 3, 4], pixels));

        // The checksum at the end of the compressed data: if it is wrong, this is a warning if it is in its own chunk, and an error if it
        // is in the chunk of the last row, as in libpng.
        PngForge forge = new(9, 7, 2, 8, Interlaced: false, Transparent: false, Seed: 1) { ChunkLength = 100_000 };
        (file, pixels) = forge.Make();
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf("IDAT"u8) - 4));
        file[^17] ^= 1;
        Assert.Throws<ImageFormatException>(() => Warning(PngDamageTests.RepairChecks(file), pixels));
        (file, pixels) = (forge with { ChunkLength = length - 4 }).Make();
        file[^17] ^= 1;
        Assert.Equal(
            "damaged: the compressed image data end with a wrong check, or without one",
                Warning(PngDamageTests.RepairChecks(file), pixels));
    }

    private static string Warning(byte[] file, byte[] pixels)
    {
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "x.png", new());
        Assert.Equal(pixels, reader.ReadAll().Bytes);
        return Assert.Single(reader.Warnings);
    }

    private static byte[] Make(string kind)
    {
        int type = kind.Contains("RGB") ? 2 : kind.Contains("gray") ? 0 : kind.Contains("alpha") ? 6 : 3;
        bool beyond = kind.StartsWith("index", StringComparison.Ordinal),
            transparent = kind is "second tRNS" or "index beyond the palette, tRNS";
        // The first byte of the row without a filter: two indices of 4 bits.
        Action<byte[]> tamper = lines => (lines[0], lines[1]) = (0, 0xF0);
        PngForge forge = new(8, 7, type, type == 3 ? 4 : 8, Interlaced: false, transparent, Seed: 5);
        byte[] file = (beyond ? forge with { Height = 1, Tamper = tamper } : forge).Make().File;
        return kind switch
        {
            "palette of 7 bytes in RGB" => Insert(file, "PLTE", 7, "IDAT"),
            "palette in gray" => Insert(file, "PLTE", 6, "IDAT"),
            "surplus palette" => Lengthen(file),
            "tRNS too long" => Insert(file, "tRNS", 12, "IDAT"),
            "tRNS empty" => Insert(file, "tRNS", 0, "IDAT"),
            "tRNS before the palette" => Insert(file, "tRNS", 3, "PLTE"),
            "tRNS short in RGB" => Insert(file, "tRNS", 2, "IDAT"),
            "tRNS long in gray" => Insert(file, "tRNS", 3, "IDAT"),
            "tRNS with alpha" => Insert(file, "tRNS", 6, "IDAT"),
            "second tRNS" => Insert(file, "tRNS", 1, "IDAT"),
            _ => file,
        };
    }

    internal static byte[] Insert(byte[] file, string type, int length, string before) =>
        Insert(file, type, [.. Enumerable.Range(0, length).Select(i => (byte)i)], before);

    /// <summary>The file with an additional chunk before the first one of a type.</summary>
    internal static byte[] Insert(byte[] file, string type, byte[] body, string before)
    {
        int at = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(before)) - 4;
        MemoryStream chunk = new();
        PngForge.WriteChunk(chunk, type, body);
        return [.. file[..at], .. chunk.ToArray(), .. file[at..]];
    }

    private static byte[] Lengthen(byte[] file)
    {
        int at = file.AsSpan().IndexOf("PLTE"u8) - 4;
        byte[] palette = [.. file[(at + 8)..(at + 8 + 33)], .. new byte[27]];
        return Insert([.. file[..at], .. file[(at + 12 + 33)..]], "PLTE", palette, "IDAT");
    }
}
