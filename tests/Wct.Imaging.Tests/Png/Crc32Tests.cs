using System.Text;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)] // the check value that catalogs of such codes list
    [InlineData("IEND", 0xAE426082u)] // the end of every PNG file
    public void Gives_published_values(string text, uint expected) =>
        Assert.Equal(expected, Crc32.Append(Crc32.Empty, Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Agrees_with_the_definition_however_the_bytes_are_cut()
    {
        byte[] bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            uint expected = PngForge.Check(bytes.AsSpan(0, length));
            for (int cut = 0; cut <= length; cut += 7)
                Assert.Equal(expected, Crc32.Append(Crc32.Append(Crc32.Empty, bytes.AsSpan(0, cut)), bytes.AsSpan(cut, length - cut)));
        }
    }
}
