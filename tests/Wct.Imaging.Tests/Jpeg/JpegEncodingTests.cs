using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

public class JpegEncodingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(89)]
    [InlineData(90)]
    [InlineData(92)]
    [InlineData(100)]
    public void Writes_the_file_that_cjpeg_writes(int quality)
    {
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (1, 17), (17, 1), (15, 16), (16, 15), (33, 31), (131, 50)])
        {
            foreach (PixelLayout format in (ReadOnlySpan<PixelLayout>)[PixelLayout.Rgb24, PixelLayout.Gray8])
            {
                PixelImage picture = TestPictures.Hard(width, height, format);
                string sampling = quality < 90 && format == PixelLayout.Rgb24 ? "2x2" : "1x1";
                byte[] expected = Oracle.Cjpeg(picture, "-baseline", "-quality", $"{quality}", "-sample", sampling);
                byte[] actual = Oracle.Encode(picture, quality);
                int same = expected.AsSpan().CommonPrefixLength(actual);
                Assert.True(
                    same == expected.Length && same == actual.Length,
                    $"{width}x{height} {format} at {quality}: {actual.Length} bytes, {expected.Length} expected, {same} are the same");
            }
        }
    }

    [Fact]
    public void Loses_no_more_than_cjpeg_does()
    {
        PixelImage picture = TestPictures.Hard(200, 150);
        double ours = Psnr(picture, Oracle.Djpeg(Oracle.Encode(picture, 92)));
        double theirs = Psnr(picture, Oracle.Djpeg(Oracle.Cjpeg(picture, "-quality", "92", "-sample", "1x1")));
        Assert.True(ours > theirs - 0.3, $"{ours:F2} dB, cjpeg reaches {theirs:F2} dB");
    }

    [Theory]
    [InlineData(PixelLayout.Gray8)]
    [InlineData(PixelLayout.Rgb24)]
    public void Reads_back_what_it_wrote(PixelLayout format)
    {
        PixelImage picture = TestPictures.Hard(45, 37, format);
        PixelImage read = Oracle.Decode(Oracle.Encode(picture, 100));
        Assert.Equal((picture.Width, picture.Height, picture.Layout), (read.Width, read.Height, read.Layout));
        // At quality 100, the only errors are from rounding colors and coefficients.
        Assert.InRange(Psnr(picture, read), 40, 200);
    }

    [Fact]
    public void Lays_transparent_pixels_on_white()
    {
        PixelImage transparent = TestPictures.Hard(20, 20, PixelLayout.Rgba32), opaque = new(20, 20, PixelLayout.Rgb24);
        for (int i = 0; i < 400; i++)
        {
            double alpha = transparent.Bytes[(4 * i) + 3] / 255.0;
            for (int c = 0; c < 3; c++)
                opaque.Bytes[(3 * i) + c] = (byte)Math.Round((transparent.Bytes[(4 * i) + c] * alpha) + (255 * (1 - alpha)));
        }

        Assert.Equal(Oracle.Encode(opaque, 95), Oracle.Encode(transparent, 95));
    }

    [Fact]
    public void Takes_rows_in_pieces()
    {
        PixelImage picture = TestPictures.Hard(50, 40);
        MemoryStream stream = new();
        using ImageWriter writer = new JpegFormat().Create(
            stream, ".jpg", 50, 40, PixelLayout.Rgb24, new JpegWriteOptions { Quality = 80 });
        for (int y = 0; y < 40; y += 4)
            writer.WriteRows(picture.Bytes.AsSpan(y * 150, 600));
        writer.Complete();
        writer.Complete();
        Assert.Equal(Oracle.Encode(picture, 80), stream.ToArray());
    }

    [Theory]
    [InlineData(0, 1, 92)]
    [InlineData(1, 0, 92)]
    [InlineData(65536, 1, 92)]
    [InlineData(1, 65536, 92)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 101)]
    public void Refuses_what_the_format_does_not_hold(int width, int height, int quality)
    {
        MemoryStream stream = new();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new JpegFormat().Create(stream, ".jpg", width, height, PixelLayout.Rgb24, new JpegWriteOptions { Quality = quality }));
        Assert.False(stream.CanWrite);
    }

    [Fact]
    public void Refuses_too_few_and_too_many_rows()
    {
        using ImageWriter writer = new JpegFormat().Create(new MemoryStream(), ".jpg", 10, 10, PixelLayout.Gray8, new ImageWriteOptions());
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[15]));
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[110]));
        writer.WriteRows(new byte[90]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        writer.WriteRows(new byte[10]);
        writer.Complete();
    }

    private static double Psnr(PixelImage expected, PixelImage actual)
    {
        double sum = 0;
        for (int i = 0; i < expected.Bytes.Length; i++)
            sum += Math.Pow(expected.Bytes[i] - actual.Bytes[i], 2);
        return 10 * Math.Log10(255.0 * 255.0 * expected.Bytes.Length / sum);
    }
}
