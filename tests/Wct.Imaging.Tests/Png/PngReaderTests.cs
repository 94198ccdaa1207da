using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class PngReaderTests
{
    private static readonly (int Width, int Height)[] Sizes =
        [(1, 1), (1, 17), (17, 1), (7, 5), (33, 31), (2, 2), (3, 3), (4, 9), (5, 4), (8, 8), (9, 2)];

    public static TheoryData<PngForge> Forges() =>
    [
        .. from size in Sizes
           from kind in PngForge.Kinds()
           from interlaced in new[] { false, true }
           let seed = size.Width * 100 + kind.Depth
           select new PngForge(size.Width, size.Height, kind.ColorType, kind.Depth, interlaced, kind.Transparent, seed),
    ];

    [Theory]
    [MemberData(nameof(Forges), DisableDiscoveryEnumeration = true)]
    public void Finds_the_pixels_of_every_kind_of_file(PngForge forge)
    {
        (byte[] file, byte[] pixels) = forge.Make();
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "forged", new());
        Assert.Equal((forge.Width, forge.Height, forge.Layout), (reader.Width, reader.Height, reader.Layout));
        Assert.Equal(pixels, reader.ReadAll().Bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_rows_in_portions(bool interlaced)
    {
        (byte[] file, byte[] pixels) = new PngForge(13, 20, 2, 8, interlaced, Transparent: false, Seed: 5).Make();
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "forged", new());
        byte[] read = new byte[pixels.Length];
        int row = 0;
        foreach (int rows in new[] { 0, 1, 3, 9, 7 })
        {
            reader.ReadRows(read.AsSpan(row * 39, rows * 39));
            row += rows;
        }

        Assert.Equal(pixels, read);
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[39]));
    }

    [Fact]
    public void Refuses_a_destination_that_is_no_whole_number_of_rows()
    {
        (byte[] file, _) = new PngForge(5, 4, 2, 8, Interlaced: false, Transparent: false, Seed: 5).Make();
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "forged", new());
        ArgumentException error = Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[16]));
        Assert.Contains("16 bytes are not a whole number of rows of 15 bytes", error.Message);
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[75]));
    }

    [Fact]
    public void Needs_neither_seeking_nor_more_than_a_byte_at_a_time()
    {
        (byte[] file, byte[] pixels) = new PngForge(7, 5, 6, 16, Interlaced: true, Transparent: false, Seed: 6).Make();
        using ImageReader reader = new PngFormat().Open(new TricklingStream(file), "pipe", new());
        Assert.Equal(pixels, reader.ReadAll().Bytes);
    }

    [Fact]
    public void A_failing_disk_is_not_called_a_damaged_file()
    {
        (byte[] file, _) = new PngForge(7, 5, 2, 8, Interlaced: false, Transparent: false, Seed: 6).Make();
        for (int failsAt = 0; failsAt < file.Length - 12; failsAt++)
        {
            TricklingStream disk = new(file, failsAt: failsAt);
            IOException error = Assert.Throws<IOException>(() => new PngFormat().Open(disk, "disk", new()).ReadAll());
            Assert.Equal("the disk is gone", error.Message);
        }
    }

    [Fact]
    public void Takes_a_file_without_its_end_chunk()
    {
        (byte[] file, byte[] pixels) = new PngForge(7, 5, 2, 8, Interlaced: false, Transparent: false, Seed: 7) { WithEnd = false }.Make();
        using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "forged", new());
        Assert.Equal(pixels, reader.ReadAll().Bytes);
    }

    [Fact]
    public void A_huge_announced_Exif_chunk_after_the_pixels_takes_no_memory()
    {
        byte[] file = new PngForge(7, 5, 2, 8, Interlaced: false, Transparent: false, Seed: 7).Make().File;
        // A length of 2^30 and a type, instead of the last chunk.
        byte[] damaged = [.. file[..^12], 0x40, 0, 0, 0, .. "eXIf"u8, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ImageReader reader = ImageFile.Open(new MemoryStream(damaged), "x.png");
        reader.ReadAll();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.Contains(reader.Warnings, warning => warning.Contains("eXIf announces 1073741824 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Owns_its_stream()
    {
        (byte[] file, _) = new PngForge(7, 5, 2, 8, Interlaced: false, Transparent: false, Seed: 8).Make();
        MemoryStream stream = new(file);
        new PngFormat().Open(stream, "forged", new()).Dispose();
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Rounds_16_bits_to_the_nearest_of_8()
    {
        for (int sample = 0; sample < 65536; sample++)
            Assert.Equal((sample * 255L + 32767) / 65535, PngDirectPixels.Narrow(sample));
    }
}
