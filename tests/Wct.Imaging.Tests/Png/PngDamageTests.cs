using System.Buffers.Binary;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class PngDamageTests
{
    private static readonly PngForge[] Forges =
    [
        new(9, 7, 2, 8, Interlaced: false, Transparent: false, Seed: 1),
        new(9, 7, 2, 16, Interlaced: true, Transparent: true, Seed: 2),
        new(9, 7, 3, 4, Interlaced: false, Transparent: true, Seed: 3),
        new(9, 7, 3, 8, Interlaced: true, Transparent: false, Seed: 4),
        new(9, 7, 0, 2, Interlaced: false, Transparent: true, Seed: 5),
        new(9, 7, 6, 8, Interlaced: false, Transparent: false, Seed: 6),
    ];

    [Theory]
    [InlineData(13)]
    [InlineData(100_000)]
    public void Truncated_anywhere_before_the_end_of_its_data_it_is_refused(int chunkLength)
    {
        foreach (PngForge forge in Forges)
        {
            (byte[] file, byte[] pixels) = (forge with { ChunkLength = chunkLength }).Make();
            for (int length = 0; length < file.Length; length++)
            {
                // The last 12 bytes are the end chunk. The 12 bytes before them contain the checksums of the last pixels.
                string? problem = Damage.Problem(new PngFormat().Open, file[..length]);
                Assert.True(problem is not null || length >= file.Length - 24, $"{length} of {file.Length} bytes");
                Assert.True(problem is null || length < file.Length - 12, $"{length} of {file.Length} bytes: {problem}");
                Assert.True(length < 8 || problem is null || problem.StartsWith("truncated: ", StringComparison.Ordinal), problem);
                Assert.NotNull(
                    Damage.Problem((stream, source, _) => new PngFormat().Open(stream, source, new() { Strict = true }), file[..length]));
                if (problem is not null)
                    continue;
                using ImageReader reader = new PngFormat().Open(new MemoryStream(file[..length]), "cut", new());
                Assert.Equal(pixels, reader.ReadAll().Bytes);
                Assert.NotEmpty(reader.Warnings);
            }
        }
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless()
    {
        byte[][] files = [.. Forges.Select(f => f.Make().File)];
        (int readable, int refused) =
            Damage.Fuzz(new PngFormat().Open, 3000, random => Damage.Mutate(files[random.Next(files.Length)], random));
        Assert.True(readable > 10 && refused > 1000, $"{readable} readable, {refused} refused");
    }

    [Fact]
    public void Random_damage_under_right_checks_is_refused_or_harmless()
    {
        byte[][] files = [.. Forges.Select(f => f.Make().File)];
        (int readable, int refused) = Damage.Fuzz(
            new PngFormat().Open, 3000, random => RepairChecks(Damage.Mutate(files[random.Next(files.Length)], random)));
        Assert.True(readable > 100 && refused > 1000, $"{readable} readable, {refused} refused");
    }

    [Fact]
    public void Random_damage_inside_the_compression_is_refused_or_harmless()
    {
        (int readable, int refused) = Damage.Fuzz(new PngFormat().Open, 2000, random =>
        {
            PngForge forge = Forges[random.Next(Forges.Length)];
            return (forge with { Tamper = lines => lines[random.Next(lines.Length)] = (byte)random.Next(256) }).Make().File;
        });
        Assert.True(readable > 100 && refused > 100, $"{readable} readable, {refused} refused");
    }

    [Theory]
    [InlineData(16, new byte[] { 0, 0, 0, 0 }, "size 0x7, sides range from 1 to 2147483647")]
    [InlineData(16, new byte[] { 255, 0, 0, 0 }, "size 4278190080x7, sides range from 1 to 2147483647")]
    [InlineData(16, new byte[] { 0, 255, 0, 0 }, "16711680x7 are 116981760 pixels, the limit is 65536")]
    [InlineData(24, new byte[] { 4, 2 }, "color type 2 with bit depth 4 is not part of PNG")]
    [InlineData(24, new byte[] { 8, 5 }, "color type 5 with bit depth 8 is not part of PNG")]
    [InlineData(26, new byte[] { 1 }, "compression 1, filter 0, interlace 0: PNG has 0, 0, and 0 or 1")]
    [InlineData(28, new byte[] { 2 }, "compression 0, filter 0, interlace 2: PNG has 0, 0, and 0 or 1")]
    [InlineData(12, new byte[] { (byte)'J' }, "damaged: starts with chunk JHDR of 13 bytes, not with IHDR of 13")]
    [InlineData(11, new byte[] { 12 }, "damaged: starts with chunk IHDR of 12 bytes, not with IHDR of 13")]
    [InlineData(12, new byte[] { 1 }, "damaged: a chunk is named 0x01484452, chunks have names of four letters")]
    [InlineData(8, new byte[] { 128 }, "damaged: chunk IHDR announces 2147483661 bytes, at most 2147483647 are allowed")]
    [InlineData(0, new byte[] { 0 }, "not a PNG file")]
    [InlineData(37, new byte[] { (byte)'G' }, "chunk GAMA is unknown and marked as needed")]
    public void Says_what_is_wrong(int offset, byte[] bytes, string problem)
    {
        byte[] file = Forges[0].Make().File;
        bytes.CopyTo(file, offset);
        Assert.Equal(problem, Damage.Problem(new PngFormat().Open, RepairChecks(file)));
    }

    [Fact]
    public void Compares_the_checks_of_chunks_that_matter()
    {
        byte[] file = Forges[2].Make().File;
        foreach (string type in new[] { "IHDR", "PLTE", "IDAT" })
        {
            byte[] damaged = [.. file];
            damaged[file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type)) + 4] ^= 1;
            Assert.StartsWith($"damaged: chunk {type} has the check ", Damage.Problem(new PngFormat().Open, damaged));
        }

        foreach (string type in new[] { "gAMA", "tRNS" })
        {
            byte[] damaged = [.. file];
            damaged[file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type)) + 4] ^= 1;
            using ImageReader reader = new PngFormat().Open(new MemoryStream(damaged), "damaged", Damage.Limits);
            Assert.Equal(type == "tRNS" ? PixelLayout.Rgb24 : PixelLayout.Rgba32, reader.ReadAll().Layout);
            Assert.Matches(
                $"^damaged: chunk {type} has the check [0-9A-F]+, the file says [0-9A-F]+; it is ignored$", Assert.Single(reader.Warnings));
        }
    }

    [Fact]
    public void Takes_more_data_than_rows_need_but_still_compares_its_check()
    {
        byte[] file = (Forges[0] with { Excess = 30_000, ChunkLength = 100_000 }).Make().File;
        Assert.Null(Damage.Problem(new PngFormat().Open, file));
        file[^17]++;
        Assert.StartsWith("damaged: chunk IDAT has the check ", Damage.Problem(new PngFormat().Open, file));
    }

    [Fact]
    public void Refuses_a_missing_palette()
    {
        byte[] file = Forges[3].Make().File;
        int palette = file.AsSpan().IndexOf("PLTE"u8) - 4;
        byte[] without = [.. file[..palette], .. file[(palette + 12 + 33)..]];
        Assert.Equal("damaged: color type 3 without a palette", Damage.Problem(new PngFormat().Open, without));
    }

    [Fact]
    public void Refuses_data_that_is_no_compressed_data_or_needs_a_dictionary()
    {
        foreach (byte[] head in new byte[][] { [0x00, 0x00], [0x79, 0x9C], [0x78, 0xBB] })
        {
            byte[] file = Forges[0].Make().File;
            head.CopyTo(file, file.AsSpan().IndexOf("IDAT"u8) + 4);
            Assert.Equal("damaged: the compressed image data is not valid", Damage.Problem(new PngFormat().Open, RepairChecks(file)));
        }
    }

    [Fact]
    public void Refuses_an_unknown_filter_and_rows_that_are_missing()
    {
        PngForge filter = Forges[0] with { Tamper = lines => lines[0] = 5 };
        Assert.Equal("damaged: a row has filter type 5, 4 is the highest", Damage.Problem(new PngFormat().Open, filter.Make().File));
        byte[] taller = Forges[0].Make().File;
        taller[23]++;
        Assert.Equal("truncated: a row has 0 of 28 bytes", Damage.Problem(new PngFormat().Open, RepairChecks(taller)));
    }

    /// <summary>Corrects the checksums of all chunks that are still complete.</summary>
    internal static byte[] RepairChecks(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
                break;
            uint check = PngForge.Check(file.AsSpan((int)at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), check);
            at += 12 + length;
        }

        return file;
    }
}
