using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class NetpbmWriterTests
{
    [Fact]
    public void Gray_becomes_P5_and_colors_P6()
    {
        Assert.Equal("P5\n2 1\n255\nab", Write(NetpbmCodec.Create, PixelFormat.Gray8, "ab"));
        Assert.Equal("P6\n2 1\n255\nabcdef", Write(NetpbmCodec.Create, PixelFormat.Rgb24, "abcdef"));
        Assert.Equal("P6\n2 1\n255\naaabbb", Write(NetpbmCodec.CreatePpm, PixelFormat.Gray8, "ab"));
        Assert.Equal("P5\n2 1\n255\nab", Write(NetpbmCodec.CreatePgm, PixelFormat.Gray8, "ab"));
    }

    [Fact]
    public void Alpha_is_laid_over_white()
    {
        string opaqueAndNot = Write(NetpbmCodec.Create, PixelFormat.Rgba32, "abc\u00ffabc\u0000");
        Assert.Equal("P6\n2 1\n255\nabc\u00ff\u00ff\u00ff", opaqueAndNot);
        for (int alpha = 0; alpha < 256; alpha++)
        {
            for (int color = 0; color < 256; color++)
            {
                string pixel = new([(char)color, (char)255, (char)0, (char)alpha]);
                byte written = (byte)Write(NetpbmCodec.Create, PixelFormat.Rgba32, pixel + pixel)[^6];
                Assert.InRange(Math.Abs(written - (alpha * color + (255 - alpha) * 255) / 255.0), 0, 0.5);
            }
        }
    }

    [Fact]
    public void A_graymap_takes_no_colors()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Write(NetpbmCodec.CreatePgm, PixelFormat.Rgb24, "abcdef"));
        Assert.Contains("A PGM file holds Gray8 pixels, these are Rgb24", error.Message);
    }

    [Fact]
    public void Refuses_wrong_sizes_and_missing_rows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NetpbmCodec.Create(new MemoryStream(), 0, 1, PixelFormat.Gray8, new()));
        using ImageWriter writer = NetpbmCodec.Create(new MemoryStream(), 4, 3, PixelFormat.Rgba32, new());
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[13]));
        writer.WriteRows(new byte[32]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<ArgumentException>(() => writer.WriteRows(new byte[32]));
    }

    private static string Write(
        Func<Stream, int, int, PixelFormat, ImageWriteOptions, ImageWriter> create, PixelFormat format, string pixels)
    {
        MemoryStream stream = new();
        using ImageWriter writer = create(stream, 2, 1, format, new());
        writer.WriteRows(Encoding.Latin1.GetBytes(pixels));
        writer.Complete();
        return Encoding.Latin1.GetString(stream.ToArray());
    }
}
