namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Decodes every kind of file that cjpeg writes, to the same bytes as djpeg.</summary>
public class JpegDecodingTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 17), (17, 1), (15, 16), (33, 31), (5, 40), (131, 50)];

    [Theory]
    [InlineData("1x1")]
    [InlineData("2x1")]
    [InlineData("1x2")]
    [InlineData("2x2")]
    [InlineData("4x1")]
    [InlineData("1x4")]
    [InlineData("4x2")]
    [InlineData("2x4")]
    [InlineData("3x1")]
    [InlineData("1x3")]
    [InlineData("2x1,1x1,1x2")]
    [InlineData("2x2,2x1,1x2")]
    [InlineData("1x1,2x2,1x1")]
    [InlineData("2x2,2x2,1x1")]
    [InlineData("4x1,2x1,1x1")]
    public void Decodes_every_subsampling(string sampling)
    {
        foreach ((int width, int height) in Sizes)
        {
            Check(TestPictures.Hard(width, height), "-sample", sampling);
            Check(TestPictures.Hard(width, height), "-sample", sampling, "-progressive", "-quality", "90");
        }
    }

    [Theory]
    [InlineData("-grayscale")]
    [InlineData("-grayscale", "-sample", "2x2")]
    [InlineData("-grayscale", "-progressive")]
    [InlineData("-rgb")]
    [InlineData("-rgb", "-progressive")]
    [InlineData("-optimize")]
    [InlineData("-restart", "1")]
    [InlineData("-restart", "1B")]
    [InlineData("-restart", "3B", "-sample", "1x1")]
    [InlineData("-restart", "2B", "-progressive")]
    [InlineData("-restart", "1", "-progressive", "-grayscale")]
    public void Decodes_every_kind_of_file(params string[] arguments)
    {
        foreach ((int width, int height) in Sizes)
            Check(TestPictures.Hard(width, height), arguments);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(95)]
    [InlineData(100)]
    public void Decodes_every_quality(int quality)
    {
        // Below about 25 the quantization tables have 16 bits.
        Check(TestPictures.Hard(67, 45), "-quality", $"{quality}");
        Check(TestPictures.Hard(67, 45), "-quality", $"{quality}", "-progressive", "-sample", "1x1");
    }

    [Theory]
    [InlineData("0;\n1;\n2;\n")]
    [InlineData("0 1;\n2;\n")]
    [InlineData("1 2;\n0;\n")]
    [InlineData("0 1 2: 0-0, 0, 3;\n0 1 2: 0-0, 3, 2;\n0: 1-63, 0, 1;\n0 1 2: 0-0, 2, 1;\n2: 1-63, 0, 0;\n"
        + "1: 1-5, 0, 2;\n1: 6-63, 0, 0;\n1: 1-5, 2, 1;\n1: 1-5, 1, 0;\n0: 1-63, 1, 0;\n0 1 2: 0-0, 1, 0;\n")]
    public void Decodes_any_order_of_scans(string script)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("scans.txt"), script);
        foreach ((int width, int height) in Sizes)
        {
            Check(TestPictures.Hard(width, height), "-scans", folder.File("scans.txt"));
            Check(TestPictures.Hard(width, height), "-scans", folder.File("scans.txt"), "-sample", "2x1", "-restart", "5B");
        }
    }

    [Theory]
    [InlineData("-sampling-factor", "1x1")]
    [InlineData("-sampling-factor", "2x2")]
    [InlineData("-sampling-factor", "2x1", "-interlace", "JPEG")]
    public void Decodes_four_inks(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        Oracle.WriteNetpbm(TestPictures.Hard(61, 47), folder.File("a.ppm"));
        byte[] ycck = Tool.Run("convert", "imagemagick", [folder.File("a.ppm"), "-colorspace", "CMYK", .. arguments, "jpeg:-"]);
        Oracle.AssertSame(Oracle.Djpeg(ycck), Oracle.Decode(ycck), "YCCK");

        // The byte of the color transform: 2 for YCCK, 0 for plain CMYK.
        byte[] cmyk = [.. ycck];
        int adobe = cmyk.AsSpan().IndexOf("Adobe"u8);
        Assert.Equal(2, cmyk[adobe + 11]);
        cmyk[adobe + 11] = 0;
        Oracle.AssertSame(Oracle.Djpeg(cmyk), Oracle.Decode(cmyk), "CMYK");
        Assert.NotEqual(Oracle.Decode(ycck).Bytes, Oracle.Decode(cmyk).Bytes);
    }

    [Fact]
    public void Skips_fill_bytes_and_whatever_follows_the_image()
    {
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(40, 30), "-restart", "1");
        PixelImage expected = Oracle.Decode(file);
        int restart = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD0]);
        byte[] padded = [0xFF, 0xD8, 0xFF, 0xFF, .. file[2..restart], 0xFF, 0xFF, 0xFF, .. file[restart..], 0x12, 0xFF, 0xD8, 0xFF, 0xC0];
        Oracle.AssertSame(expected, Oracle.Decode(padded), "padded");
        Oracle.AssertSame(expected, Oracle.Djpeg(padded), "djpeg");
    }

    [Fact]
    public void Uses_the_standard_Huffman_codes_if_a_file_has_none()
    {
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(40, 30));
        byte[] stripped = JpegSegments.Without(file, 0xC4);
        Assert.True(stripped.Length < file.Length - 400);
        Oracle.AssertSame(Oracle.Decode(file), Oracle.Decode(stripped), "without codes");
    }

    private static void Check(PixelImage picture, params string[] arguments)
    {
        byte[] file = Oracle.Cjpeg(picture, arguments);
        Oracle.AssertSame(Oracle.Djpeg(file), Oracle.Decode(file), $"{picture.Width}x{picture.Height} {string.Join(' ', arguments)}");
    }
}
