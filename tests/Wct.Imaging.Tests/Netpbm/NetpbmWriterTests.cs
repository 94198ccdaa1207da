using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class NetpbmWriterTests
{
    [Fact]
    public void Gray_becomes_P5_and_colors_P6()
    {
        Assert.Equal("P5\n2 1\n255\nab", Write(".pnm", PixelLayout.Gray8, "ab"));
        Assert.Equal("P6\n2 1\n255\nabcdef", Write(".pnm", PixelLayout.Rgb24, "abcdef"));
        Assert.Equal("P6\n2 1\n255\naaabbb", Write(".ppm", PixelLayout.Gray8, "ab"));
        Assert.Equal("P5\n2 1\n255\nab", Write(".pgm", PixelLayout.Gray8, "ab"));
    }

    [Fact]
    public void Alpha_is_laid_over_white()
    {
        string opaqueAndNot = Write(".pnm", PixelLayout.Rgba32, "abc\u00ffabc\u0000");
        Assert.Equal("P6\n2 1\n255\nabc\u00ff\u00ff\u00ff", opaqueAndNot);
        for (int alpha = 0; alpha < 256; alpha++)
        {
            for (int color = 0; color < 256; color++)
            {
                string pixel = new([(char)color, (char)255, (char)0, (char)alpha]);
                byte written = (byte)Write(".pnm", PixelLayout.Rgba32, pixel + pixel)[^6];
                Assert.InRange(Math.Abs(written - (alpha * color + (255 - alpha) * 255) / 255.0), 0, 0.5);
            }
        }
    }

    [Fact]
    public void A_graymap_takes_no_colors()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Write(".pgm", PixelLayout.Rgb24, "abcdef"));
        Assert.Contains("A PGM file holds Gray8 pixels, these are Rgb24", error.Message);
    }

    [Fact]
    public void Refuses_wrong_sizes_and_missing_rows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetpbmFormat()
            .Create(new MemoryStream(), ".pnm", 0, 1, PixelLayout.Gray8, new()));
        using ImageWriter writer = new NetpbmFormat().Create(new MemoryStream(), ".pnm", 4, 3, PixelLayout.Rgba32, new());
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[13]));
        writer.WriteRows(new byte[32]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[32]));
    }

    private static string Write(string extension, PixelLayout layout, string pixels)
    {
        MemoryStream stream = new();
        using ImageWriter writer = new NetpbmFormat().Create(stream, extension, 2, 1, layout, new());
        writer.WriteRows(Encoding.Latin1.GetBytes(pixels));
        writer.Complete();
        return Encoding.Latin1.GetString(stream.ToArray());
    }
}
