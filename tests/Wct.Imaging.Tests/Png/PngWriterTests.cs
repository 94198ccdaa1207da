using System.Buffers.Binary;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class PngWriterTests
{
    // The layouts of PNG files. PixelImageTests writes the other layouts, which are converted.
    private static readonly PixelLayout[] Stored = [PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32];

    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 17), (17, 1), (7, 5), (33, 31), (300, 200)];

    public static TheoryData<int, int, PixelLayout> Cases() =>
        [.. from size in Sizes from format in Stored select (size.Width, size.Height, format)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_writes_reads_back_the_same(int width, int height, PixelLayout format)
    {
        foreach (bool noisy in new[] { true, false })
        {
            PixelImage bitmap = TestPictures.Make(width, height, format, seed: width, noisy);
            byte[] file = Write(bitmap, rowsAtOnce: 3);
            using ImageReader reader = new PngFormat().Open(new MemoryStream(file), "written", new());
            Assert.Equal(format, reader.Layout);
            Assert.Equal(bitmap.Bytes, reader.ReadAll().Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_writes_pngtopnm_reads_the_same(int width, int height, PixelLayout format)
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(width, height, format, seed: height, noisy: false);
        File.WriteAllBytes(folder.File("x.png"), Write(bitmap, rowsAtOnce: height));
        RawPnm color = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", folder.File("x.png")));
        Assert.Equal(TestPictures.Rgb(bitmap), color.Rgb());
        if (format != PixelLayout.Rgba32)
            return;
        RawPnm alpha = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", "-alpha", folder.File("x.png")));
        Assert.Equal(TestPictures.Alpha(bitmap), alpha.Samples);
    }

    [Fact]
    public void Cuts_its_data_into_chunks_of_64_KiB()
    {
        byte[] file = Write(TestPictures.Make(300, 300, PixelLayout.Rgb24, seed: 1, noisy: true), rowsAtOnce: 300);
        List<int> lengths = [];
        for (int at = 8; at < file.Length; at += lengths[^1] + 12)
            lengths.Add(BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)));
        Assert.Equal(13, lengths[0]);
        Assert.Equal(0, lengths[^1]);
        Assert.All(lengths[1..^2], length => Assert.Equal(1 << 16, length));
        Assert.True(lengths.Count > 5, $"{lengths.Count} chunks");
    }

    [Fact]
    public void Makes_a_plain_picture_small()
    {
        byte[] file = Write(new PixelImage(512, 512, PixelLayout.Rgb24), rowsAtOnce: 512);
        Assert.True(file.Length < 5000, $"{file.Length} bytes");
    }

    [Fact]
    public void Refuses_wrong_sizes_and_missing_rows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngFormat()
            .Create(new MemoryStream(), ".png", 0, 1, PixelLayout.Gray8, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngFormat()
            .Create(new MemoryStream(), ".png", 1, -1, PixelLayout.Gray8, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PngFormat()
            .Create(new MemoryStream(), ".png", int.MaxValue, 1, PixelLayout.Gray8, new()));
        using ImageWriter writer = new PngFormat().Create(new MemoryStream(), ".png", 4, 3, PixelLayout.Rgb24, new());
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[13]));
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[48]));
        writer.WriteRows(new byte[24]);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Contains("2 of 3 rows", error.Message);
    }

    private static byte[] Write(PixelImage bitmap, int rowsAtOnce)
    {
        MemoryStream stream = new();
        using ImageWriter writer = new PngFormat().Create(stream, ".png", bitmap.Width, bitmap.Height, bitmap.Layout, new());
        foreach (byte[] rows in bitmap.Bytes.Chunk(rowsAtOnce * bitmap.Stride))
            writer.WriteRows(rows);
        writer.Complete();
        return stream.ToArray();
    }
}
