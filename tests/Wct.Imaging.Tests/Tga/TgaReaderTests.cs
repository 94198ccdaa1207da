using Wct.Imaging.Tests.Seeds;

namespace Wct.Imaging.Tests.Tga;

public sealed class TgaReaderTests
{
    [Theory]
    [InlineData(0x20, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(0x00, new byte[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(0x30, new byte[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(0x10, new byte[] { 6, 5, 4, 3, 2, 1 })]
    public void TheFirstPixelIsInTheCornerThatTheHeaderNames(int descriptor, byte[] expected)
    {
        byte[] stored = [1, 2, 3, 4, 5, 6];
        Assert.Equal(expected, Read(TgaFile.Create(3, 3, 2, 8, descriptor, stored)).Bytes);
        Assert.Equal(expected, Read(TgaFile.Create(11, 3, 2, 8, descriptor, TgaFile.Runs(stored, 1))).Bytes);
    }

    [Fact]
    public void ComponentsOf5BitsAreRounded()
    {
        byte[] stored = [.. Enumerable.Range(0, 32).SelectMany(i => new[] { (byte)i, (byte)(i << 2) })];
        PixelImage picture = Read(TgaFile.Create(2, 32, 1, 16, 0x21, stored));
        for (int i = 0; i < 32; i++)
        {
            byte level = (byte)Math.Round(i * 255 / 31.0);
            Assert.Equal([level, 0, level, 0], picture.Row(0).Slice(4 * i, 4).ToArray());
        }
    }

    [Fact]
    public void TheHighestOf16BitsIsAlphaIfTheHeaderSaysSo()
    {
        Assert.Equal([0, 0, 255, 0, 0, 0, 0, 255], Read(TgaFile.Create(2, 1, 2, 16, 0x01, [0, 0x80, 31, 0])).Bytes);
        Assert.Equal([0, 0, 255, 0, 0, 0], Read(TgaFile.Create(2, 1, 2, 16, 0x00, [0, 0x80, 31, 0])).Bytes);
    }

    [Theory]
    [InlineData(3, PixelLayout.Rgba32)]
    [InlineData(0, PixelLayout.Rgb24)]
    [InlineData(2, PixelLayout.Rgb24)]
    public void TheEndOfTheFileMaySayWhatAlphaIs(byte alphaType, PixelLayout layout)
    {
        PixelImage picture = Read(WithFooter(TgaFile.Create(2, 1, 1, 32, 0x28, [1, 2, 3, 4]), alphaType));
        Assert.Equal(layout, picture.Layout);
        Assert.Equal([3, 2, 1], picture.Bytes[..3]);
    }

    [Fact]
    public void PremultipliedColorsAreDivided() => Assert.Equal(
        [255, 128, 0, 50, 0, 0, 0, 0], Read(WithFooter(TgaFile.Create(2, 2, 1, 32, 0x28, [0, 25, 60, 50, 9, 9, 9, 0]), 4)).Bytes);

    // 'first' is the alpha of the first pixel; all others have 0.
    [Theory]
    [InlineData(0, 0, PixelLayout.Rgb24)]
    [InlineData(1, 0, PixelLayout.Rgba32)]
    [InlineData(0, 8, PixelLayout.Rgba32)]
    public void ZerosEverywhereAreAlphaOnlyIfTheHeaderSaysSo(byte first, int descriptor, PixelLayout layout)
    {
        byte[] stored = new byte[4 * 40];
        stored[3] = first;
        Assert.Equal(layout, Read(TgaFile.Create(2, 8, 5, 32, descriptor, stored)).Layout);
        Assert.Equal(layout, Read(TgaFile.Create(10, 8, 5, 32, descriptor, TgaFile.Runs(stored, 4))).Layout);
    }

    [Fact]
    public void PalettesOfPicturesWithoutIndicesAreSkipped() => Assert.Equal(
        [3, 2, 1], Read(TgaFile.Create(2, 1, 1, 24, 0x20, [1, 2, 3], [7, 7, 7, 8, 8, 8], 24)).Bytes);

    [Fact]
    public void TheLastOf65536EntriesIsUsed()
    {
        byte[] palette = new byte[2 << 16];
        (palette[^2], palette[^1]) = (31, 0);
        byte[] file = TgaFile.Create(1, 2, 1, 16, 0x20, [0xFF, 0xFF, 0, 0], palette[2..], 16, paletteStart: 1);
        Assert.Equal([0, 0, 255, 0, 0, 0], Read(file).Bytes);
    }

    [Fact]
    public void PalettesMayStartLater()
    {
        byte[] file = TgaFile.Create(1, 3, 1, 8, 0x20, [7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9], 24, paletteStart: 7, text: "id");
        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7], Read(file).Bytes);
    }

    [Fact]
    public void RunsMayCrossRows()
    {
        byte[] stored = [.. Enumerable.Repeat(new byte[] { 1, 2, 3 }, 200).SelectMany(p => p), .. FileSeeds.Noise(150)];
        PixelImage expected = Read(TgaFile.Create(2, 25, 10, 24, 0x20, stored));
        Assert.Equal(expected.Bytes, Read(TgaFile.Create(10, 25, 10, 24, 0x20, TgaFile.Runs(stored, 3))).Bytes);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 1)]
    [InlineData(16, 17)]
    [InlineData(17, 0x40)]
    [InlineData(12, 0)]
    public void OtherHeadersAreNoTga(int at, byte value)
    {
        byte[] file = TgaFile.Create(2, 2, 2, 24, 0, new byte[12]);
        Assert.NotNull(Read(file));
        file[at] = value;
        Assert.Throws<ImageFormatException>(() => Read(file));
    }

    // The end of a file of version 2, with an extension.
    private static byte[] WithFooter(byte[] file, byte alphaType)
    {
        byte[] extension = new byte[495], start = new byte[4];
        (extension[0], extension[1], extension[494]) = (0xEF, 1, alphaType);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(start, file.Length);
        return [.. file, .. extension, .. start, 0, 0, 0, 0, .. "TRUEVISION-XFILE.\0"u8];
    }

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x");
}
