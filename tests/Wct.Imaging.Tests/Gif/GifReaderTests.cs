using Wct.Imaging.Tests.Seeds;

namespace Wct.Imaging.Tests.Gif;

public sealed class GifReaderTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(16, true)]
    [InlineData(256, true)]
    // The table stays full: the format calls this a deferred clear code.
    [InlineData(256, false)]
    public void IndicesAreDecoded(int colors, bool clears)
    {
        byte[] palette = FileSeeds.Noise(3 * colors), indices = FileSeeds.Noise(200 * 151, colors);
        PixelImage picture = Read(GifFile.Create((200, 151), (0, 0, 200, 151), indices, palette, clears: clears));
        Assert.Equal(PixelLayout.Rgb24, picture.Layout);
        Assert.Equal(indices.SelectMany(i => palette.AsSpan(3 * i, 3).ToArray()), picture.Bytes);
    }

    [Fact]
    public void LongRunsAreDecoded()
    {
        byte[] indices = new byte[300 * 300];
        Assert.Equal(new byte[3 * 90000], Read(GifFile.Create((300, 300), (0, 0, 300, 300), indices, new byte[6])).Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(21)]
    public void InterlacedRowsAreSorted(int height)
    {
        byte[] palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))];
        int[] order = [.. new[] { (0, 8), (4, 8), (2, 4), (1, 2) }
            .SelectMany(pass => Enumerable.Range(0, height).Where(y => y >= pass.Item1 && (y - pass.Item1) % pass.Item2 == 0))];
        byte[] indices = [.. order.Select(y => (byte)y)];
        PixelImage picture = Read(GifFile.Create((1, height), (0, 0, 1, height), indices, palette, interlaced: true));
        Assert.Equal(Enumerable.Range(0, height).Select(y => (byte)y), picture.Bytes.Chunk(3).Select(p => p[0]));
    }

    [Fact]
    public void ThePictureHasItsPlaceInTheScreen()
    {
        PixelImage picture = Read(GifFile.Create((4, 3), (1, 1, 2, 1), [1, 0], [1, 2, 3, 4, 5, 6], transparent: 0));
        byte[] expected = new byte[48];
        new byte[] { 4, 5, 6, 255, 1, 2, 3, 0 }.CopyTo(expected, 20);
        Assert.Equal((4, 3, PixelLayout.Rgba32), (picture.Width, picture.Height, picture.Layout));
        Assert.Equal(expected, picture.Bytes);
    }

    [Fact]
    public void AFewBytesAreNoHugeScreen()
    {
        byte[] file = GifFile.Create((20000, 10000), (0, 0, 1, 1), [1], [1, 2, 3, 4, 5, 6]);
        Assert.StartsWith("x: truncated: 20000x10000 pixels take at least 73260 bytes, ", Assert.Throws<ImageFormatException>(
            () => ImageFile.Open(new MemoryStream(file), "x")).Message);
        // With as many bytes as that, the same screen is valid.
        Assert.Null(Record.Exception(() => ImageFile.Open(new MemoryStream([.. file, .. new byte[73300]]), "x").Dispose()));
    }

    [Fact]
    public void AScreenThatIsTooSmallGrows()
    {
        PixelImage picture = Read(GifFile.Create((1, 1), (1, 0, 2, 1), [1, 0], [1, 2, 3, 4, 5, 6]));
        Assert.Equal((3, 1), (picture.Width, picture.Height));
    }

    [Fact]
    public void AnInterlacedPictureNeedsItsMemory()
    {
        byte[] file = GifFile.Create((100, 100), (0, 0, 100, 100), new byte[10000], new byte[6], interlaced: true);
        Assert.Contains("interlaced: reading it takes 10000 bytes of memory, the limit is 9999", Assert.Throws<ImageFormatException>(
            () => ImageFile.Read(new MemoryStream(file), "x", new ImageReadOptions { MaxMemory = 9999 })).Message);
    }

    [Fact]
    public void DamageIsNamed()
    {
        byte[] file = GifFile.Create((20, 20), (0, 0, 20, 20), FileSeeds.Noise(400, 4), FileSeeds.Noise(12));
        Assert.StartsWith("x: truncated: the file ends before row ", Problem(file[..^60]));
        Assert.Equal("x: no picture", Problem([.. file[..25], 0x3B]));

        static string Problem(byte[] bytes) => Assert.Throws<ImageFormatException>(() => Read(bytes)).Message;
    }

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x");
}
