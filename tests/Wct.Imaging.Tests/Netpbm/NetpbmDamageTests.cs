using System.Text;
using Wct.Imaging.Netpbm;

namespace Wct.Imaging.Tests.Netpbm;

public class NetpbmDamageTests
{
    private static readonly string[] Files =
    [
        "P1\n3 2\n0 1 0\n1 1 0", "P2\n3 2\n15\n0 1 2\n13 14 15", "P3 1 2 255 1 2 3 4 5 6",
        "P4 9 2 \u0001\u0080\u0001\u0080", "P5\n2 3\n255\nabcdef", "P6 1 2 255 abcdef",
        "P6 1 2 1000 \u0001b\u0001d\u0001f\u0002h\u0002j\u0002l", "P5#comment\n2 3\n255\nabcdef",
    ];

    [Fact]
    public void Truncated_anywhere_it_is_refused()
    {
        foreach (string file in Files)
        {
            // The last number of a plain file can lose digits without notice. Here it has one digit, or it is 15.
            int needed = file.EndsWith("15", StringComparison.Ordinal) ? file.Length - 1 : file.Length;
            for (int length = 0; length <= file.Length; length++)
            {
                string? problem = Problem(file[..length]);
                Assert.True((problem is null) == (length >= needed), $"{length} bytes of {file}: {problem ?? "readable"}");
            }
        }
    }

    [Fact]
    public void Random_damage_is_refused_or_harmless()
    {
        byte[][] files = [.. Files.Select(Encoding.Latin1.GetBytes)];
        (int readable, int refused) = Damage.Fuzz(
            new NetpbmFormat().Open, 20_000, random => Damage.Mutate(files[random.Next(files.Length)], random));
        Assert.True(readable > 1000 && refused > 1000, $"{readable} readable, {refused} refused");
    }

    [Theory]
    [InlineData("", "not a PPM, PGM or PBM file")]
    [InlineData("P7\n", "truncated: ends before the header's end")]
    [InlineData("P5 0 3 255 ", "size 0x3, sides start at 1")]
    [InlineData("P5 3 99999999999999999999 255 ", "the height is 9999999999 or more, at most 2147483647 is possible")]
    [InlineData("P5 3 3 0 ", "maxval 0, the range is 1 to 65535")]
    [InlineData("P5 3 3 65536 ", "maxval 65536, the range is 1 to 65535")]
    [InlineData("P5 3 -3 255 ", "damaged: byte 0x2D where the height should be")]
    [InlineData("P5 3 3x 255 ", "damaged: byte 0x78 where the height should be")]
    [InlineData("P5 3 3 255", "truncated: row 0 of 3 has 0 of 3 bytes")]
    [InlineData("P5 3 3 255 abcd", "truncated: row 1 of 3 has 1 of 3 bytes")]
    [InlineData("P2 2 1 255 1", "truncated: ends before a sample of row 0")]
    [InlineData("P2 2 1 99 1 100", "damaged: row 0 has the sample 100, the maxval is 99")]
    [InlineData("P5 1 1 97 b", "damaged: row 0 has the sample 98, the maxval is 97")]
    [InlineData("P1 1 1 2", "damaged: byte 0x32 where a sample of row 0 should be")]
    [InlineData("P6 1000 1000 255 ", "1000x1000 are 1000000 pixels, the limit is 65536")]
    public void Says_what_is_wrong(string file, string problem) => Assert.Equal(problem, Problem(file));

    private static string? Problem(string file) => Damage.Problem(new NetpbmFormat().Open, Encoding.Latin1.GetBytes(file));
}
