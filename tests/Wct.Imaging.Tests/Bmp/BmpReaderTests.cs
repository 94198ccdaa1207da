using Wct.Imaging.Tests.Seeds;

namespace Wct.Imaging.Tests.Bmp;

public sealed class BmpReaderTests
{
    [Theory]
    [InlineData(1, 12)]
    [InlineData(1, 40)]
    [InlineData(4, 40)]
    [InlineData(8, 12)]
    [InlineData(8, 124)]
    public void PalettesAreApplied(int bits, int size)
    {
        byte[] palette = FileSeeds.Noise(3 << bits);
        foreach (int width in new[] { 1, 7, 8, 9, 31, 33 })
        {
            int stride = ((width * bits) + 31) / 32 * 4;
            byte[] rows = FileSeeds.Noise(stride * 2);
            PixelImage picture = Read(BmpFile.Create(width, -2, bits, rows, palette, size: size == 12 ? 40 : size));
            PixelImage flipped = Read(BmpFile.Create(width, 2, bits, rows, palette, size: size));
            for (int y = 0; y < 2; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int index = (rows[(y * stride) + (x * bits / 8)] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1);
                    byte[] expected = [palette[(3 * index) + 2], palette[(3 * index) + 1], palette[3 * index]];
                    Assert.Equal(expected, picture.Row(y).Slice(3 * x, 3).ToArray());
                    Assert.Equal(expected, flipped.Row(1 - y).Slice(3 * x, 3).ToArray());
                }
            }
        }
    }

    [Fact]
    public void ColorsWithoutPaletteEntryAreBlack() =>
        Assert.Equal([30, 20, 10, 0, 0, 0], Read(BmpFile.Create(2, 1, 8, [0, 1, 0, 0], [10, 20, 30])).Bytes);

    [Theory]
    [InlineData(0xF800u, 0x7E0u, 0x1Fu, 0u)]
    [InlineData(0x7C00u, 0x3E0u, 0x1Fu, 0x8000u)]
    [InlineData(0x1Fu, 0x3E0u, 0x7C00u, 0u)]
    public void MasksOf16BitsAreSpreadOverAllLevels(uint r, uint g, uint b, uint a)
    {
        byte[] rows = FileSeeds.Noise(64 * 2);
        foreach (int size in new[] { 40, 56, 108, 124 })
        {
            if (size == 40 && a != 0)
                continue;
            PixelImage picture = Read(BmpFile.Create(64, 1, 16, rows, masks: [r, g, b, a], size: size));
            Assert.Equal(a == 0 ? PixelLayout.Rgb24 : PixelLayout.Rgba32, picture.Layout);
            for (int x = 0; x < 64; x++)
            {
                uint value = (uint)(rows[2 * x] | (rows[(2 * x) + 1] << 8));
                byte[] expected = [Level(value, r), Level(value, g), Level(value, b), a == 0 ? (byte)255 : Level(value, a)];
                Assert.Equal(expected, TestPictures.Rgba(picture).AsSpan(4 * x, 4).ToArray());
            }
        }
    }

    [Fact]
    public void TheFourthByteIsAlphaIfOneIsAboveZero()
    {
        Assert.Equal([3, 2, 1, 0, 6, 5, 4, 9], Read(BmpFile.Create(2, 1, 32, [1, 2, 3, 0, 4, 5, 6, 9])).Bytes);
        Assert.Equal([3, 2, 1, 6, 5, 4], Read(BmpFile.Create(2, 1, 32, [1, 2, 3, 0, 4, 5, 6, 0])).Bytes);
    }

    [Fact]
    public void MasksMayHaveOneOrMoreThanEightBits()
    {
        // 10 bits of red, 12 of green, 1 of blue.
        byte[] pixel = [0xFF, 0x03, 0x80, 0x40];
        Assert.Equal(
            [0xFF, 0x80, 0xFF], Read(BmpFile.Create(1, 1, 32, pixel, masks: [0x3FF, 0x00FFF000, 0x40000000, 0], size: 108)).Bytes);
    }

    [Fact]
    public void AlphaOfMasksIsKept() => Assert.Equal([3, 2, 1, 0], Read(
        BmpFile.Create(1, 1, 32, [1, 2, 3, 0], masks: [0xFF0000, 0xFF00, 0xFF, 0xFF000000], size: 124)).Bytes);

    [Theory]
    [InlineData(30, 1, "x: damaged: 24 bits per pixel with compression 1")]
    [InlineData(30, 4, "x: a BMP file with compression 4; install the package Wct.Imaging.Magick to read it")]
    [InlineData(28, 7, "x: damaged: 7 bits per pixel with compression 0")]
    [InlineData(10, 20, "x: damaged: the pixels start at byte 20, inside the header of 54 bytes")]
    [InlineData(18, 0, "x: 0x2 pixels; both sides must be at least 1")]
    [InlineData(18, 200, "x: truncated: 200x2 pixels of 24 bits take at least 1200 bytes, 16 are there")]
    public void OtherKindsAreRefused(int at, byte value, string problem)
    {
        byte[] file = BmpFile.Create(2, 2, 24, new byte[16]);
        file[at] = value;
        Assert.Equal(problem, Assert.Throws<ImageFormatException>(() => Read(file)).Message);
    }

    // Rows from the bottom: 1 1 1 2, an empty row by a move, 9 9 9 without runs, a move by one pixel and more threes than fit.
    [Theory]
    [InlineData(8, new byte[] { 3, 1, 1, 2, 0, 0, 0, 2, 0, 1, 0, 3, 9, 9, 9, 0, 0, 0, 0, 2, 1, 0, 9, 3, 0, 1 })]
    [InlineData(4, new byte[] { 3, 0x11, 1, 0x20, 0, 0, 0, 2, 0, 1, 0, 3, 0x99, 0x90, 0, 0, 0, 2, 1, 0, 9, 0x33, 0, 1 })]
    public void RunsAreExpanded(int bits, byte[] runs)
    {
        byte[] expected = [0, 0, 0, 0, 0, 3, 3, 3, 9, 9, 9, 0, 0, 0, 0, 0, 1, 1, 1, 2];
        Assert.Equal(expected, Read(BmpFile.Runs(4, 5, bits, runs)).Bytes.Where((_, i) => i % 3 == 0));
    }

    private static byte Level(uint value, uint mask)
    {
        int shift = System.Numerics.BitOperations.TrailingZeroCount(mask), bits = System.Numerics.BitOperations.PopCount(mask);
        uint part = (value & mask) >> shift;
        // The highest bits are repeated below the lowest.
        return (byte)(bits == 1 ? part * 255 : (part << (8 - bits)) | (part >> ((2 * bits) - 8)));
    }

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x");
}
