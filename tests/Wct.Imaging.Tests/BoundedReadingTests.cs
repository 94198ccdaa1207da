using Wct.Imaging.Tests.Jpeg;
using Wct.Imaging.Tests.Png;

namespace Wct.Imaging.Tests;

/// <summary>Pictures that are read through a temporary file because they don't fit into the memory budget.</summary>
public class BoundedReadingTests
{
    // No picture fits into these budgets. A megabyte gives buffers of many rows, as with large pictures.
    private static readonly long[] Budgets = [0, 20_000, 1_000_000];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(1, 9)]
    [InlineData(8, 8)]
    [InlineData(33, 70)]
    [InlineData(300, 41)]
    public void InterlacedPngIsTheSame(int width, int height)
    {
        foreach ((int colorType, int depth, bool transparent) in PngForge.Kinds())
        {
            PngForge forge = new(width, height, colorType, depth, Interlaced: true, transparent, Seed: depth) { ChunkLength = 1000 };
            (byte[] file, byte[] pixels) = forge.Make();
            foreach (long budget in Budgets)
            {
                foreach (int rows in new[] { 1, 7, height })
                    Assert.Equal(pixels, Read(file, budget, rows).Bytes);
            }
        }
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, 70, 83)]
    [InlineData(PixelLayout.Gray8, 70, 83)]
    [InlineData(PixelLayout.Rgb24, 501, 37)]
    [InlineData(PixelLayout.Rgb24, 9, 400)]
    [InlineData(PixelLayout.Rgb24, 1, 1)]
    public void TurnedJpegIsTheSame(PixelLayout format, int width, int height)
    {
        byte[] stored = Oracle.Encode(TestPictures.Hard(width, height, format), 90);
        for (int orientation = 2; orientation <= 8; orientation++)
            AssertSame(JpegSegments.With(stored, 0xE1, Exif(orientation)), $"orientation {orientation}");
    }

    [Theory]
    [InlineData("2x2", "-progressive")]
    [InlineData("2x1", "-progressive")]
    [InlineData("1x2", "-progressive", "-restart", "1")]
    [InlineData("1x1", "-progressive")]
    [InlineData("4x2", "-progressive")]
    [InlineData("2x2", "-progressive", "-grayscale")]
    public void ProgressiveJpegIsTheSame(string sampling, params string[] arguments)
    {
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(170, 333), ["-sample", sampling, .. arguments]);
        AssertSame(file, "stored upright");
        AssertSame(JpegSegments.With(file, 0xE1, Exif(6)), "turned");
    }

    // Needs no other encoder: our own files with a separate scan for each component.
    [Fact]
    public void ScansOfOneComponentAreTheSame()
    {
        byte[] file = FlatJpeg.Create(400, 301);
        AssertSame(file, "upright");
        AssertSame(JpegSegments.With(file, 0xE1, Exif(8)), "turned");
    }

    [Fact]
    public void DamagedFilesGiveTheSameResult()
    {
        PngForge forge = new(200, 200, 2, 8, Interlaced: true, Transparent: false, Seed: 1) { ChunkLength = 1000 };
        byte[] file = forge.Make().File;
        for (int eighths = 1; eighths < 8; eighths++)
            Assert.Throws<ImageFormatException>(() => Read(file[..(file.Length * eighths / 8)], 0, 13));
        // A truncated JPEG is decoded as far as it goes, with a temporary file as in memory.
        byte[] jpeg = FlatJpeg.Create(400, 301);
        AssertSame(jpeg[..(jpeg.Length / 2)], "cut");
    }

    [Fact]
    public void TheBudgetCanBeChangedBeforeTheFirstRow()
    {
        byte[] file = JpegSegments.With(Oracle.Encode(TestPictures.Hard(700, 400), 90), 0xE1, Exif(6));
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "p.jpg", new ImageReadOptions { MaxMemory = 5 });
        Assert.Equal(5, reader.MaxMemory);
        reader.MaxMemory = 10_000_000;
        byte[] row = new byte[reader.Width * 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        reader.ReadRows(row);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before > 700 * 400 * 3, "the picture is kept in memory");
    }

    [Fact]
    public void LittleMemoryIsTaken()
    {
        byte[] file = JpegSegments.With(FlatJpeg.Create(2000, 3000), 0xE1, Exif(6));
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "p.jpg", new ImageReadOptions { MaxMemory = 1_000_000 });
        byte[] row = new byte[reader.Width * 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int y = 0; y < reader.Height; y++)
            reader.ReadRows(row);
        // The picture has 18 MB of pixels and 36 MB of coefficients.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }

    internal static byte[] Exif(int orientation) =>
        [.. "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, (byte)orientation, 0, 0, 0, 0, 0, 0];

    private static void AssertSame(byte[] file, string what)
    {
        PixelImage whole = Read(file, long.MaxValue, int.MaxValue);
        foreach (long budget in Budgets)
        {
            foreach (int rows in new[] { 1, 5, int.MaxValue })
                Oracle.AssertSame(whole, Read(file, budget, rows), $"{what}, {budget} bytes, {rows} rows at a time");
        }
    }

    private static PixelImage Read(byte[] file, long budget, int rows)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "picture", new ImageReadOptions { MaxMemory = budget });
        PixelImage picture = new(reader.Width, reader.Height, reader.Layout);
        for (int y = 0, count; y < picture.Height; y += count)
        {
            count = Math.Min(rows, picture.Height - y);
            reader.ReadRows(picture.Bytes.AsSpan(y * picture.Stride, count * picture.Stride));
        }

        return picture;
    }
}
