using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class NetpbmReaderTests
{
    [Theory]
    [InlineData("P1\n3 2\n0 1 0\n1 1 0\n", new byte[] { 255, 0, 255, 0, 0, 255 })]
    [InlineData("P1 3 2 010110", new byte[] { 255, 0, 255, 0, 0, 255 })]
    [InlineData("P2\n3 2\n15\n0 1 2\n13 14 15\n", new byte[] { 0, 17, 34, 221, 238, 255 })]
    [InlineData("P2 2 1 1000 500 499", new byte[] { 128, 127 })]
    [InlineData("P2 3 1 65535 65535 257 128", new byte[] { 255, 1, 0 })]
    [InlineData("P2 2 1 1 1 0", new byte[] { 255, 0 })]
    [InlineData("P3 1 2 255 1 2 3 4 5 6", new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("P3#made by hand\n1#wide\r\n\t2 # high\n#\n255\n1 2 3\n#middle\n4 5 6#end", new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("P5\n2 1\n255\n#!", new byte[] { 35, 33 })]
    [InlineData("P5\n2 1\n255#comment\n#!", new byte[] { 35, 33 })]
    [InlineData("P5 1 2 33 !\u0000", new byte[] { 255, 0 })]
    [InlineData("P5 1 1 256 \u0000\u0080", new byte[] { 128 })]
    [InlineData("P6 1 1 255 abcd", new byte[] { 97, 98, 99 })]
    [InlineData("P6 1 1 65535 \u00ff\u00ff\u0080\u0000\u0000\u007f", new byte[] { 255, 128, 0 })]
    [InlineData("P4 3 2 \u0040\u00df", new byte[] { 255, 0, 255, 0, 0, 255 })]
    [InlineData("P4 9 1 \u0001\u0080", new byte[] { 255, 255, 255, 255, 255, 255, 255, 0, 0 })]
    public void Reads_every_kind(string file, byte[] pixels)
    {
        using ImageReader reader = Open(Encoding.Latin1.GetBytes(file));
        Assert.Equal(file[1] is '3' or '6' ? PixelLayout.Rgb24 : PixelLayout.Gray8, reader.Layout);
        Assert.Equal(pixels, reader.ReadAll().Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    public void Scales_every_sample_to_the_nearest_level(int maxValue)
    {
        StringBuilder file = new($"P2\n{maxValue + 1} 1\n{maxValue}\n");
        for (int i = 0; i <= maxValue; i++)
            file.Append(i).Append(i % 10 == 9 ? '\n' : ' ');
        using ImageReader reader = Open(Encoding.ASCII.GetBytes(file.ToString()));
        byte[] pixels = reader.ReadAll().Bytes;
        for (int i = 0; i <= maxValue; i++)
            Assert.InRange(Math.Abs(pixels[i] - i * 255.0 / maxValue), 0, 0.5);
    }

    [Theory]
    [InlineData("pnmtoplainpnm", 3)]
    [InlineData("ppmtopgm", 5)]
    [InlineData("pamdepth", 6)]
    [InlineData("pgmtopbm", 4)]
    public void Reads_what_Netpbm_writes(string program, int kind)
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(33, 31, PixelLayout.Rgb24, seed: 1, noisy: true);
        ImageFile.Write(folder.File("x.ppm"), bitmap);
        byte[] file = program switch
        {
            "pamdepth" => Tool.Run(program, "netpbm", "60000", folder.File("x.ppm")),
            "pgmtopbm" => ThresholdedBitmap(folder),
            _ => Tool.Run(program, "netpbm", folder.File("x.ppm")),
        };
        Assert.Equal((byte)('0' + kind), file[1]);
        using ImageReader reader = Open(file);
        byte[] expected = kind == 3 ? bitmap.Bytes : RawPnm.Parse(file).Samples;
        Assert.Equal(expected, reader.ReadAll().Bytes);
    }

    [Fact]
    public void Gives_rows_in_portions_from_a_pipe()
    {
        PixelImage bitmap = TestPictures.Make(7, 5, PixelLayout.Rgb24, seed: 2, noisy: true);
        byte[] file = [.. "P6 7 5 255\n"u8, .. bitmap.Bytes, 1, 2, 3];
        using ImageReader reader = new NetpbmFormat().Open(new TricklingStream(file), "pipe", new());
        byte[] pixels = new byte[5 * 21];
        reader.ReadRows(pixels.AsSpan(0, 42));
        reader.ReadRows(pixels.AsSpan(42));
        Assert.Equal(bitmap.Bytes, pixels);
        Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[21]));
    }

    private static byte[] ThresholdedBitmap(TemporaryFolder folder)
    {
        File.WriteAllBytes(folder.File("x.pgm"), Tool.Run("ppmtopgm", "netpbm", folder.File("x.ppm")));
        return Tool.Run("pgmtopbm", "netpbm", "-threshold", folder.File("x.pgm"));
    }

    private static ImageReader Open(byte[] file) => new NetpbmFormat().Open(new MemoryStream(file), "x", new());
}
