using System.Buffers.Binary;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class PngWriterTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 17), (17, 1), (7, 5), (33, 31), (300, 200)];

    public static TheoryData<int, int, PixelFormat> Cases() =>
        [.. from size in Sizes from format in Enum.GetValues<PixelFormat>() select (size.Width, size.Height, format)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_writes_reads_back_the_same(int width, int height, PixelFormat format)
    {
        foreach (bool noisy in new[] { true, false })
        {
            Bitmap bitmap = TestPictures.Make(width, height, format, seed: width, noisy);
            byte[] file = Write(bitmap, rowsAtOnce: 3);
            using ImageReader reader = PngCodec.Open(new MemoryStream(file), "written", new());
            Assert.Equal(format, reader.Format);
            Assert.Equal(bitmap.Pixels, reader.ReadAll().Pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_writes_pngtopnm_reads_the_same(int width, int height, PixelFormat format)
    {
        using TemporaryFolder folder = new();
        Bitmap bitmap = TestPictures.Make(width, height, format, seed: height, noisy: false);
        File.WriteAllBytes(folder.File("x.png"), Write(bitmap, rowsAtOnce: height));
        RawPnm color = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", folder.File("x.png")));
        Assert.Equal(TestPictures.Rgb(bitmap), color.Rgb());
        if (format != PixelFormat.Rgba32)
            return;
        RawPnm alpha = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", "-alpha", folder.File("x.png")));
        Assert.Equal(TestPictures.Alpha(bitmap), alpha.Samples);
    }

    [Fact]
    public void Cuts_its_data_into_chunks_of_64_KiB()
    {
        byte[] file = Write(TestPictures.Make(300, 300, PixelFormat.Rgb24, seed: 1, noisy: true), rowsAtOnce: 300);
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
        byte[] file = Write(new Bitmap(512, 512, PixelFormat.Rgb24), rowsAtOnce: 512);
        Assert.True(file.Length < 5000, $"{file.Length} bytes");
    }

    [Fact]
    public void Refuses_wrong_sizes_and_missing_rows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PngCodec.Create(new MemoryStream(), 0, 1, PixelFormat.Gray8, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngCodec.Create(new MemoryStream(), 1, -1, PixelFormat.Gray8, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngCodec.Create(new MemoryStream(), int.MaxValue, 1, PixelFormat.Gray8, new()));
        using ImageWriter writer = PngCodec.Create(new MemoryStream(), 4, 3, PixelFormat.Rgb24, new());
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[13]));
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[48]));
        writer.WriteRows(new byte[24]);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Contains("2 of 3 rows", error.Message);
    }

    private static byte[] Write(Bitmap bitmap, int rowsAtOnce)
    {
        MemoryStream stream = new();
        using ImageWriter writer = PngCodec.Create(stream, bitmap.Width, bitmap.Height, bitmap.Format, new());
        foreach (byte[] rows in bitmap.Pixels.Chunk(rowsAtOnce * bitmap.Stride))
            writer.WriteRows(rows);
        writer.Complete();
        return stream.ToArray();
    }
}
