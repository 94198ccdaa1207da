using System.Globalization;
using System.Security.Cryptography;
using Wct.Imaging.Tests.Jpeg;

namespace Wct.Imaging.Tests;

/// <summary>Reads the files in tests/golden, which are in the repository, and compares the pixels with those of libpng, libjpeg-turbo and
/// Netpbm.</summary>
public class StoredSampleTests
{
    public static TheoryData<string> Png => Files("png");

    public static TheoryData<string> Jpeg => Files("jpeg");

    public static TheoryData<string> Netpbm => Files("netpbm");

    [Theory]
    [MemberData(nameof(Png))]
    public void PngIsReadAsLibpngReadsIt(string name)
    {
        (PixelImage actual, byte[] expected, int[] shape) = Read("png", name);
        Assert.Equal([actual.Height, actual.Width, 4], shape);
        byte[][] pixels = [.. expected.Chunk(4)];
        Assert.Equal(pixels.SelectMany(pixel => pixel[..3]), TestPictures.Rgb(actual));
        Assert.Equal(pixels.Select(pixel => pixel[3]), TestPictures.Alpha(actual));
    }

    [Theory]
    [MemberData(nameof(Jpeg))]
    public void JpegIsReadAsLibjpegTurboReadsIt(string name) => SameSamples("jpeg", name);

    [Theory]
    [MemberData(nameof(Netpbm))]
    public void NetpbmIsReadAsItsProgramsReadIt(string name) => SameSamples("netpbm", name);

    // Each line describes a file of cjpeg: sides, channels, quality, length and hash.
    [Fact]
    public void JpegIsWrittenAsCjpegWritesIt()
    {
        string[] lines = File.ReadAllLines(Shared.Golden("jpeg/encoder.txt"));
        Assert.True(lines.Length > 100, $"{lines.Length} lines");
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            int[] numbers = [.. words[..5].Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            PixelImage picture = Seeded(numbers[0], numbers[1], numbers[2], seed: 8000);
            byte[] file = Oracle.Encode(picture, numbers[3]);
            Assert.Equal((line, numbers[4]), (line, file.Length));
            Assert.Equal((line, words[5]), (line, Convert.ToHexStringLower(SHA256.HashData(file))));
        }
    }

    // The tests above check the readers with other programs' files, so the readers can check our writers.
    [Theory]
    [InlineData(PixelLayout.Gray8)]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Rgba32)]
    public void WrittenFilesAreReadBack(PixelLayout format)
    {
        using TemporaryFolder folder = new();
        PixelImage picture = Seeded(45, 37, format.BytesPerPixel(), seed: 8100);
        ImageFile.Write(folder.File("x.png"), picture);
        Assert.Equal(picture.Bytes, ImageFile.Read(folder.File("x.png")).Bytes);
        if (format == PixelLayout.Rgba32)
            return;
        string name = format == PixelLayout.Gray8 ? "x.pgm" : "x.ppm";
        ImageFile.Write(folder.File(name), picture);
        Assert.Equal(picture.Bytes, ImageFile.Read(folder.File(name)).Bytes);
    }

    private static void SameSamples(string folder, string name)
    {
        (PixelImage actual, byte[] samples, int[] shape) = Read(folder, name);
        PixelImage expected = new(shape[1], shape[0], shape[2] == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24);
        samples.CopyTo(expected.Bytes, 0);
        Oracle.AssertSame(expected, actual, name);
    }

    private static (PixelImage Actual, byte[] Expected, int[] Shape) Read(string folder, string name)
    {
        GoldenFile golden = new(Shared.Golden(folder));
        return (ImageFile.Read(Shared.Golden($"{folder}/{name}")), golden.Bytes(name), golden.Shape(name));
    }

    private static PixelImage Seeded(int width, int height, int channels, int seed)
    {
        PixelImage picture = new(
            width, height, channels switch { 1 => PixelLayout.Gray8, 3 => PixelLayout.Rgb24, _ => PixelLayout.Rgba32 });
        GoldenNumbers.Picture(width, height, channels, seed).CopyTo(picture.Bytes, 0);
        return picture;
    }

    private static TheoryData<string> Files(string folder) =>
        [.. new GoldenFile(Shared.Golden(folder)).Names.Order(StringComparer.Ordinal)];
}
