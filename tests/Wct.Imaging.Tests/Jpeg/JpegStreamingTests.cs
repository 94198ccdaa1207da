using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

public class JpegStreamingTests
{
    [Theory]
    [InlineData("2x2")]
    [InlineData("1x2")]
    [InlineData("1x1")]
    [InlineData("2x2", "-progressive")]
    public void Gives_the_same_rows_in_pieces(string sampling, params string[] arguments)
    {
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(70, 83), ["-sample", sampling, .. arguments]);
        AssertReadsInPieces(file, Oracle.Decode(file));
    }

    [Fact]
    public void Keeps_only_a_few_rows_of_a_baseline_file()
    {
        byte[] file = Oracle.Encode(new PixelImage(2000, 2000, PixelLayout.Rgb24), 80);
        byte[] row = new byte[3 * 2000];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), "large.jpg", new ImageReadOptions());
        for (int y = 0; y < reader.Height; y++)
            reader.ReadRows(row);
        // Two rows of MCUs are 32 rows of 2000 pixels with 1.5 samples each: 96 kB; the picture has 12 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void Refuses_buffers_that_hold_no_whole_rows_or_too_many()
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(10, 10), 80);
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), "small.jpg", new ImageReadOptions());
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[29]));
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[330]));
        reader.ReadRows(new byte[300]);
        reader.ReadRows([]);
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[30]));
    }

    [Fact]
    public void Owns_its_stream()
    {
        MemoryStream good = new(Oracle.Encode(TestPictures.Hard(10, 10), 80)), bad = new([1, 2, 3]);
        new JpegFormat().Open(good, "good", new ImageReadOptions()).Dispose();
        Assert.Throws<ImageFormatException>(() => new JpegFormat().Open(bad, "bad", new ImageReadOptions()));
        Assert.False(good.CanRead);
        Assert.False(bad.CanRead);
    }

    /// <summary>Checks that rows read in pieces, from a stream that gives a few bytes at a time, equal the picture.</summary>
    internal static void AssertReadsInPieces(byte[] file, PixelImage whole)
    {
        using ImageReader reader = new JpegFormat().Open(new TricklingStream(file, most: 13), "trickling.jpg", new ImageReadOptions());
        PixelImage pieces = new(reader.Width, reader.Height, reader.Layout);
        for (int y = 0, rows = 1; y < pieces.Height; y += rows, rows = Math.Min(rows % 21 + 2, pieces.Height - y))
            reader.ReadRows(pieces.Bytes.AsSpan(y * pieces.Stride, rows * pieces.Stride));
        Oracle.AssertSame(whole, pieces, "in pieces");
    }
}
