using Wct.Imaging.Tests;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Compares with what ImageMagick's program writes and decodes.</summary>
public sealed class MagickFileTests
{
    public MagickFileTests() => MagickFormats.Register();

    [Theory]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-compress None", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-compress LZW", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-compress Zip -endian MSB", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-depth 16", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgba32, "", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Gray8, "", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-monochrome -compress Group4", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-colors 40 -type Palette", 0)]
    [InlineData("TIFF", "tif", PixelLayout.Rgb24, "-define tiff:tile-geometry=16x16", 0)]
    [InlineData("WEBP", "webp", PixelLayout.Rgb24, "-define webp:lossless=true", 0)]
    [InlineData("WEBP", "webp", PixelLayout.Rgba32, "-define webp:lossless=true", 0)]
    [InlineData("WEBP", "webp", PixelLayout.Rgb24, "-quality 80", 1)]
    [InlineData("JP2", "jp2", PixelLayout.Rgb24, "-quality 100", 0)]
    [InlineData("JP2", "jp2", PixelLayout.Gray8, "-quality 100", 0)]
    [InlineData("J2K", "j2k", PixelLayout.Rgb24, "-quality 100", 0)]
    [InlineData("PSD", "psd", PixelLayout.Rgb24, "-colorspace CMYK -compress RLE", 2)]
    [InlineData("PSB", "psb", PixelLayout.Rgb24, "-compress RLE", 0)]
    [InlineData("BMP", "bmp", PixelLayout.Gray8, "-compress RLE", 0)]
    public void PicturesAreThoseThatImageMagickDecodes(string name, string extension, PixelLayout layout, string options, int tolerance)
    {
        Assert.SkipUnless(MagickProgram.Writes(name), $"ImageMagick's program writes no {name} here");
        using TemporaryFolder folder = new();
        foreach ((int width, int height) in new[] { (64, 64), (67, 45) })
        {
            string png = folder.File("a.png"), file = folder.File("a." + extension);
            ImageFile.Write(png, TestPictures.Hard(width, height, layout));
            MagickProgram.Convert(png, file, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            byte[] expected = MagickProgram.Decode($"{file}[0]", "-colorspace", "sRGB");
            // The name doesn't matter.
            File.Move(file, folder.File("a.jpg"), overwrite: true);
            PixelImage picture = ImageFile.Read(folder.File("a.jpg"));
            Assert.Equal((width, height), (picture.Width, picture.Height));
            byte[] seen = TestPictures.Rgba(picture);
            Assert.Equal(expected.Length, seen.Length);
            for (int i = 0; i < seen.Length; i++)
            {
                bool hidden = expected[i | 3] == 0 && seen[i | 3] == 0;
                Assert.True(hidden || Math.Abs(expected[i] - seen[i]) <= tolerance,
                    $"{width}x{height}, component {i % 4} of pixel {i / 4}: {seen[i]}, ImageMagick decodes {expected[i]}");
            }
        }
    }

    // The program's own decoding of HEIC and AVIF repeats each color sample of 2x2 pixels, and that of files with full color resolution is
    // wrong. So hard pictures are compared with libheif's program, and smooth ones with both.
    [Theory]
    [InlineData("heic", "420", 1)]
    [InlineData("heic", "444", 1)]
    [InlineData("avif", "420", 1)]
    [InlineData("avif", "444", 1)]
    public void MediaFilesAreThoseThatLibheifDecodes(string extension, string chroma, int tolerance)
    {
        using TemporaryFolder folder = new();
        foreach ((int width, int height, bool smooth) in new[] { (64, 64, false), (67, 45, false), (96, 64, true) })
        {
            string png = folder.File("a.png"), file = folder.File("a." + extension), decoded = folder.File("decoded.png");
            ImageFile.Write(png, smooth ? Slopes(width, height) : TestPictures.Hard(width, height));
            HeifProgram.Encode(png, file, chroma);
            HeifProgram.Decode(file, decoded);
            byte[] seen = TestPictures.Rgba(ImageFile.Read(file));
            AssertNear(TestPictures.Rgba(ImageFile.Read(decoded)), seen, tolerance, $"{width}x{height}");
            if (smooth && chroma == "420")
                AssertNear(MagickProgram.Decode(file), seen, 2, "ImageMagick");
        }
    }

    [Theory]
    [InlineData("heic", 1)]
    [InlineData("heic", 2)]
    [InlineData("avif", 3)]
    public void TheRotationOfMediaFilesIsAppliedOnce(string extension, int quarters)
    {
        using TemporaryFolder folder = new();
        string png = folder.File("a.png"), file = folder.File("a." + extension), decoded = folder.File("decoded.png");
        ImageFile.Write(png, TestPictures.Hard(64, 48));
        HeifProgram.Encode(png, file, "444");
        // The rotation takes the place of the property pixi, which is optional and has as many bytes.
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().IndexOf("pixi"u8);
        Assert.Equal(16, bytes[at - 1]);
        "irot"u8.CopyTo(bytes.AsSpan(at));
        bytes[at + 4] = (byte)quarters;
        File.WriteAllBytes(file, bytes);
        HeifProgram.Decode(file, decoded);
        PixelImage seen = ImageFile.Read(file);
        Assert.Equal(quarters == 2 ? (64, 48) : (48, 64), (seen.Width, seen.Height));
        AssertNear(TestPictures.Rgba(ImageFile.Read(decoded)), TestPictures.Rgba(seen), 1, "");
    }

    [Theory]
    [InlineData("-d 0", 0)]
    [InlineData("-d 0 --container=1", 0)]
    [InlineData("-d 1 -p", 1)]
    [InlineData("-d 1 --intensity_target=255 -x color_space=RGB_D65_DCI_Rel_SRG", 2)]
    public void JpegXlFilesAreThoseThatDjxlDecodes(string options, int tolerance)
    {
        using TemporaryFolder folder = new();
        string ppm = folder.File("a.ppm"), file = folder.File("a.jxl"), decoded = folder.File("decoded.ppm");
        ImageFile.Write(ppm, TestPictures.Hard(67, 45));
        Tool.Run("cjxl", "libjxl-tools", [ppm, file, .. options.Split(' ')]);
        Tool.Run("djxl", "libjxl-tools", file, decoded);
        PixelImage seen = ImageFile.Read(file, new ImageReadOptions { ConvertColors = false });
        AssertNear(TestPictures.Rgba(ImageFile.Read(decoded)), TestPictures.Rgba(seen), tolerance, options);
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    public void ImageMagickDecodesWhatIsWritten(string extension)
    {
        using TemporaryFolder folder = new();
        string file = folder.File("a" + extension);
        foreach (PixelLayout layout in new[] { PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32 })
        {
            PixelImage picture = TestPictures.Hard(61, 40, layout);
            ImageWriteOptions options = extension == ".webp" ? new WebPWriteOptions { Lossless = true } : new TiffWriteOptions();
            ImageFile.Write(file, picture, options);
            Assert.Equal(TestPictures.Rgba(picture), MagickProgram.Decode(file));
        }
    }

    [Theory]
    [InlineData("RightTop", 6)]
    [InlineData("BottomLeft", 4)]
    public void TheOrientationOfTiffFilesIsAppliedOnce(string orientation, int number)
    {
        using TemporaryFolder folder = new();
        PixelImage stored = TestPictures.Hard(20, 10);
        ImageFile.Write(folder.File("a.png"), stored);
        MagickProgram.Convert(folder.File("a.png"), folder.File("a.tif"), "-orient", orientation);
        PixelImage picture = ImageFile.Read(folder.File("a.tif"));
        Assert.Equal(number == 6 ? (10, 20) : (20, 10), (picture.Width, picture.Height));
        Assert.Equal(MagickProgram.Decode(folder.File("a.tif"), "-auto-orient"), TestPictures.Rgba(picture));
    }

    // Colors that change by less than 2 from pixel to pixel.
    private static PixelImage Slopes(int width, int height)
    {
        PixelImage picture = new(width, height, PixelLayout.Rgb24);
        for (int i = 0; i < picture.Bytes.Length; i++)
            picture.Bytes[i] = (byte)(128 + (60 * Math.Sin((0.02 * (i / 3 % width)) + (0.015 * (i / 3 / width)) + (2 * (i % 3)))));
        return picture;
    }

    private static void AssertNear(byte[] expected, byte[] seen, int tolerance, string what)
    {
        Assert.Equal(expected.Length, seen.Length);
        for (int i = 0; i < seen.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - seen[i]) <= tolerance, $"{what}, component {i % 4} of pixel {i / 4}: {seen[i]}, not {expected[i]}");
        }
    }
}
