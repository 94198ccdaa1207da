using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class PamReaderTests
{
    [Theory]
    [InlineData("BLACKANDWHITE", 1, 1, "\x01\0\x01", PixelLayout.Gray8, new byte[] { 255, 0, 255 })]
    [InlineData("GRAYSCALE", 1, 255, "abc", PixelLayout.Gray8, new byte[] { 97, 98, 99 })]
    [InlineData("GRAYSCALE", 1, 65535, "\u00FF\u00FF\u0080\0\0\x7F", PixelLayout.Gray8, new byte[] { 255, 128, 0 })]
    [InlineData("RGB", 3, 255, "abcdefghi", PixelLayout.Rgb24, new byte[] { 97, 98, 99, 100, 101, 102, 103, 104, 105 })]
    [InlineData("RGB", 3, 15, "\0\x01\x02\x03\x04\x05\x0D\x0E\x0F", PixelLayout.Rgb24, new byte[] { 0, 17, 34, 51, 68, 85, 221, 238, 255 })]
    [InlineData(
        "BLACKANDWHITE_ALPHA", 2, 1, "\x01\0\0\x01\x01\x01", PixelLayout.Rgba32,
        new byte[] { 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255, 255 })]
    [InlineData("GRAYSCALE_ALPHA", 2, 255, "aAbBcC", PixelLayout.Rgba32, new byte[] { 97, 97, 97, 65, 98, 98, 98, 66, 99, 99, 99, 67 })]
    [InlineData(
        "RGB_ALPHA", 4, 255, "abcdefghijkl", PixelLayout.Rgba32, new byte[] { 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108 })]
    [InlineData("made up", 3, 255, "abcdefghi", PixelLayout.Rgb24, new byte[] { 97, 98, 99, 100, 101, 102, 103, 104, 105 })]
    public void Reads_every_type(string type, int depth, int maxValue, string samples, PixelLayout format, byte[] pixels)
    {
        string file = $"P7\n# made by hand\nWIDTH 3\nHEIGHT 1\n\nDEPTH {depth}\nMAXVAL {maxValue}\nTUPLTYPE {type}\nENDHDR\n{samples}";
        PixelImage bitmap = Read(file);
        Assert.Equal((3, 1, format), (bitmap.Width, bitmap.Height, bitmap.Layout));
        Assert.Equal(pixels, bitmap.Bytes);
    }

    [Theory]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nENDHDR\na", "damaged: the header lacks MAXVAL")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\n", "truncated: ends before the header's end")]
    [InlineData("P7\nWIDTH x\nENDHDR\n", "damaged: WIDTH is 'x'")]
    [InlineData("P7\nBREADTH 2\nENDHDR\n", "damaged: the header has 'BREADTH'")]
    [InlineData("P7\nWIDTH 0\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n", "size 0x1, sides start at 1")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 65536\nENDHDR\n", "maxval 65536, the range is 1 to 65535")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\n", "5 samples per pixel of type '', it must be 1 to 4 for pictures")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n", "4 samples per pixel of type 'RGB', it must be 3")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\nabcd", "truncated: row 0 of 1 has 4 of 6 bytes")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 9\nENDHDR\na", "damaged: row 0 has the sample 97, the maxval is 9")]
    [InlineData("P7\nWIDTH 99999\nHEIGHT 99999\nDEPTH 1\nMAXVAL 9\nENDHDR\na", "99999x99999 are 9999800001 pixels, the limit is 65536")]
    public void Says_what_is_wrong(string file, string problem) =>
        Assert.Equal(problem, Damage.Problem(new NetpbmFormat().Open, Encoding.Latin1.GetBytes(file)));

    [Fact]
    public void Reads_what_Netpbm_writes()
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(33, 31, PixelLayout.Rgba32, seed: 1, noisy: true);
        ImageFile.Write(folder.File("x.png"), bitmap);
        File.WriteAllBytes(folder.File("x.pam"), Tool.Run("pngtopam", "netpbm", "-alphapam", folder.File("x.png")));
        PixelImage back = ImageFile.Read(folder.File("x.pam"));
        Assert.Equal((bitmap.Width, bitmap.Height, bitmap.Layout), (back.Width, back.Height, back.Layout));
        Assert.Equal(bitmap.Bytes, back.Bytes);
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless()
    {
        byte[] file = [.. "P7\nWIDTH 5\nHEIGHT 4\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"u8, .. new byte[80]];
        (int readable, int refused) = Damage.Fuzz(new NetpbmFormat().Open, 2000, random => Damage.Mutate(file, random));
        Assert.True(readable > 100 && refused > 100, $"{readable} readable, {refused} refused");
    }

    private static PixelImage Read(string file)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(Encoding.Latin1.GetBytes(file)), "x.pam");
        return reader.ReadAll();
    }
}
