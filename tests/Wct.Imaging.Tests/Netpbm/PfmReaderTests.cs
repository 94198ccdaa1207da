using System.Buffers.Binary;
using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class PfmReaderTests
{
    private static readonly float[] Samples =
        [0, 1, 0.5f, 0.002f, 0.0019f, 2, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-40f, 127.4f / 255];

    private static readonly byte[] Levels = [0, 255, 128, 1, 0, 255, 0, 0, 255, 0, 0, 127];

    [Theory]
    [InlineData("Pf", "-1.0", true)]
    [InlineData("Pf", "1", true)]
    [InlineData("PF", "-1", false)]
    [InlineData("PF", "1.000000", true)]
    public void Reads_both_kinds_and_byte_orders_last_row_first(string kind, string scale, bool seekable)
    {
        // 12 samples: 6 rows of 2 gray pixels, or 2 rows of 2 in color.
        int width = 2, height = kind == "PF" ? 2 : 6, stride = Samples.Length / height;
        byte[] file = Make(kind, width, height, scale, Samples);
        using ImageReader reader = ImageFile.Open(seekable ? new MemoryStream(file) : new TricklingStream(file), "x.pfm");
        Assert.Equal((width, height, kind == "PF" ? PixelLayout.Rgb24 : PixelLayout.Gray8), (reader.Width, reader.Height, reader.Layout));
        byte[] expected = [.. Levels.Chunk(stride).Reverse().SelectMany(row => row)];
        byte[] actual = new byte[Levels.Length];
        for (int y = 0; y < height; y++)
            reader.ReadRows(actual.AsSpan(y * stride, stride));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_stream_that_cannot_seek_keeps_to_the_memory_limit()
    {
        byte[] file = Make("PF", 200, 300, "-1", [.. Enumerable.Range(0, 200 * 300 * 3).Select(i => i % 256 / 255f)]);
        byte[] expected = ImageFile.Read(new MemoryStream(file)).Bytes;
        ImageReadOptions options = new() { MaxMemory = 10_000 };
        using ImageReader reader = ImageFile.Open(new TricklingStream(file), "x.pfm", options);
        Assert.Equal(expected, reader.ReadAll().Bytes);
        Assert.IsType<OrientedReader>(reader);
    }

    [Theory]
    [InlineData("PF\n0 1\n-1\n", "size 0x1, sides start at 1")]
    [InlineData("PF\n1 1\n0\n", "the scale is '0', it must be a number above or below 0")]
    [InlineData("PF\n1 1\nnan\n", "the scale is 'nan', it must be a number above or below 0")]
    [InlineData("PF\n1 1\n", "truncated: ends before the scale")]
    [InlineData("PF\n1 1\n-1\nabcd", "truncated: row 0 of 1 has 4 of 12 bytes")]
    [InlineData("Pf\n9999 9999\n-1\nabcd", "9999x9999 are 99980001 pixels, the limit is 65536")]
    public void Says_what_is_wrong(string file, string problem) =>
        Assert.Equal(problem, Damage.Problem(new NetpbmFormat().Open, Encoding.Latin1.GetBytes(file)));

    [Theory]
    [InlineData("1")]
    [InlineData("2.5")]
    public void Reads_what_Netpbm_writes(string scale)
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(33, 31, PixelLayout.Rgb24, seed: 1, noisy: true);
        ImageFile.Write(folder.File("x.ppm"), bitmap);
        File.WriteAllBytes(folder.File("x.pfm"), Tool.Run("pamtopfm", "netpbm", $"-scale={scale}", folder.File("x.ppm")));
        Assert.Equal(bitmap.Bytes, ImageFile.Read(folder.File("x.pfm")).Bytes);
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless()
    {
        byte[] file = Make("PF", 2, 2, "-1.0", Samples);
        (int readable, int refused) = Damage.Fuzz(new NetpbmFormat().Open, 2000, random => Damage.Mutate(file, random));
        Assert.True(readable > 100 && refused > 100, $"{readable} readable, {refused} refused");
    }

    private static byte[] Make(string kind, int width, int height, string scale, float[] samples)
    {
        MemoryStream file = new();
        file.Write(Encoding.ASCII.GetBytes($"{kind}\n{width} {height}\n{scale}\n"));
        Span<byte> bytes = stackalloc byte[4];
        foreach (float sample in samples)
        {
            if (scale[0] == '-')
                BinaryPrimitives.WriteSingleLittleEndian(bytes, sample);
            else
                BinaryPrimitives.WriteSingleBigEndian(bytes, sample);
            file.Write(bytes);
        }

        return file.ToArray();
    }
}
