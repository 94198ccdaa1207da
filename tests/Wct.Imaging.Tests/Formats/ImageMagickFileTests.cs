namespace Wct.Imaging.Tests.Formats;

/// <summary>Reads what ImageMagick's program writes in the formats that are only read, and compares with what it decodes.</summary>
public sealed class ImageMagickFileTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (7, 3), (8, 5), (33, 47), (130, 9)];

    [Theory]
    [InlineData("bmp", PixelLayout.Rgb24, "")]
    [InlineData("bmp", PixelLayout.Rgba32, "")]
    [InlineData("bmp", PixelLayout.Gray8, "")]
    [InlineData("bmp", PixelLayout.Rgb24, "-colors 200 -type Palette")]
    [InlineData("bmp", PixelLayout.Rgb24, "-colors 12 -type Palette")]
    [InlineData("bmp", PixelLayout.Rgb24, "-monochrome")]
    [InlineData("bmp2", PixelLayout.Rgb24, "")]
    [InlineData("bmp2", PixelLayout.Rgb24, "-colors 100 -type Palette")]
    [InlineData("bmp3", PixelLayout.Rgb24, "")]
    [InlineData("bmp3", PixelLayout.Rgba32, "")]
    [InlineData("bmp", PixelLayout.Rgb24, "-define bmp:subtype=RGB565")]
    [InlineData("bmp", PixelLayout.Rgb24, "-define bmp:subtype=RGB555")]
    [InlineData("bmp3", PixelLayout.Rgb24, "-colors 200 -type Palette -compress RLE")]
    [InlineData("tga", PixelLayout.Rgb24, "-compress None")]
    [InlineData("tga", PixelLayout.Rgba32, "-compress None")]
    [InlineData("tga", PixelLayout.Gray8, "-compress None")]
    [InlineData("tga", PixelLayout.Rgb24, "-compress RLE")]
    [InlineData("tga", PixelLayout.Rgba32, "-compress RLE")]
    [InlineData("tga", PixelLayout.Rgb24, "-colors 50 -type Palette")]
    [InlineData("psd", PixelLayout.Rgb24, "-depth 8 -compress RLE")]
    [InlineData("psd", PixelLayout.Rgb24, "-depth 8 -compress None")]
    [InlineData("psd", PixelLayout.Rgb24, "-depth 16 -compress RLE")]
    [InlineData("psd", PixelLayout.Rgb24, "-depth 16 -compress None")]
    [InlineData("psd", PixelLayout.Gray8, "-depth 8 -compress RLE")]
    [InlineData("psd", PixelLayout.Rgba32, "-depth 8 -channel A -threshold 50% +channel")]
    [InlineData("gif", PixelLayout.Rgb24, "")]
    [InlineData("gif", PixelLayout.Rgb24, "-interlace GIF")]
    [InlineData("gif", PixelLayout.Rgb24, "-colors 3")]
    [InlineData("gif", PixelLayout.Rgba32, "-channel A -threshold 50% +channel")]
    [InlineData("hdr", PixelLayout.Rgb24, "")]
    [InlineData("hdr", PixelLayout.Rgb24, "-evaluate multiply 0.1")]
    public void PicturesAreThoseThatImageMagickDecodes(string format, PixelLayout layout, string options)
    {
        using TemporaryFolder folder = new();
        foreach ((int width, int height) in Sizes)
        {
            string png = folder.File("a.png"), file = folder.File($"{width}.{format[..3]}");
            ImageFile.Write(png, TestPictures.Hard(width, height, layout));
            MagickProgram.Convert(png, $"{format}:{file}", options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            byte[] expected = MagickProgram.Decode($"{file}[0]", Decoding(format));
            PixelImage picture = ImageFile.Read(file);
            Assert.Equal((width, height), (picture.Width, picture.Height));
            AssertEqual(expected, TestPictures.Rgba(picture), $"{width}x{height}");
        }
    }

    // ImageMagick reads the rows of a TGA file in the order of the file unless it is asked to turn them.
    private static string[] Decoding(string format) => format switch
    {
        "hdr" => ["-colorspace", "sRGB"],
        "tga" => ["-auto-orient"],
        _ => [],
    };

    // Colors of transparent pixels don't count.
    private static void AssertEqual(byte[] expected, byte[] seen, string size)
    {
        Assert.Equal(expected.Length, seen.Length);
        for (int i = 0; i < seen.Length; i++)
        {
            if (expected[i] != seen[i] && !(expected[i | 3] == 0 && seen[i | 3] == 0))
                Assert.Fail($"{size}: component {i % 4} of pixel {i / 4} is {seen[i]}, ImageMagick decodes {expected[i]}");
        }
    }
}
