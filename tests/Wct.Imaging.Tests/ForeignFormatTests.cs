namespace Wct.Imaging.Tests;

/// <summary>Messages name the format of files that can't be read, regardless of the file's name.</summary>
public class ForeignFormatTests
{
    private const string Formats = "PNG, JPEG, Netpbm, BMP, GIF, Photoshop, Radiance HDR or TGA";

    [Theory]
    [InlineData("RIFF\x10\0\0\0WEBPVP8 ", "a WebP")]
    [InlineData("\0\0\0\u001Cftypheic\0\0\0\0mif1heic", "a HEIC")]
    [InlineData("\0\0\0\u001Cftypmif1\0\0\0\0mif1heic", "a HEIC")]
    [InlineData("\0\0\0\u001Cftypmif1\0\0\0\0avifmif1", "an AVIF")]
    [InlineData("\0\0\0\u001Cftypavif\0\0\0\0avifmif1", "an AVIF")]
    [InlineData("\0\0\0\u001Cftypmif1\0\0\0\0mif1", "a HEIF")]
    [InlineData("\0\0\0\u001Cftypcrx \0\0\0\0isom", "a Canon raw (CR3)")]
    [InlineData("II*\0\x10\0\0\0CR\x02\0", "a Canon raw (CR2)")]
    [InlineData("II*\0\x08\0\0\0", "a TIFF")]
    [InlineData("MM\0*\0\0\0\x08", "a TIFF")]
    [InlineData("II+\0\x08\0\0\0", "a BigTIFF")]
    [InlineData("MM\0+\0\x08\0\0", "a BigTIFF")]
    [InlineData("\u00FF\x0A\u00FA\x1F", "a JPEG XL")]
    [InlineData("\0\0\0\u000CJXL \r\n\u0087\n", "a JPEG XL")]
    [InlineData("\0\0\0\u000CjP  \r\n\u0087\n", "a JPEG 2000")]
    [InlineData("\u00FF\u004F\u00FF\u0051\0", "a JPEG 2000")]
    public void PicturesThatThePackageReadsAreNamed(string head, string name) =>
        Assert.Equal($"{name} file; install the package Wct.Imaging.Magick to read it", Problem(head));

    [Theory]
    [InlineData("\0\0\0\u001Cftypisom\0\0\x02\0isom", "an MP4")]
    [InlineData("\0\0\x01\0\x01\0", "a Windows icon (ICO)")]
    [InlineData("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG")]
    [InlineData("<svg width='3'/>", "an SVG")]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("v/1\x01\x02\0\0\0", "an OpenEXR")]
    public void OtherPicturesAreNamed(string head, string name) =>
        Assert.Equal($"{name} file, which can't be read (ImageMagick converts it: magick FILE photo.png)", Problem(head));

    [Theory]
    [InlineData("PK\x03\x04\x14\0", "ZIP")]
    [InlineData("\x1F\u008B\x08\0", "gzip")]
    [InlineData("\u00FD7zXZ\0", "xz")]
    [InlineData("<!DOCTYPE html><html>", "HTML")]
    [InlineData("\n<html>", "HTML")]
    [InlineData("<?xml version='1.0'?><a/>", "XML")]
    [InlineData("Dear diary,\n", "text")]
    public void Files_that_are_no_pictures_are_named(string head, string name) =>
        Assert.Equal($"not a {Formats} file but {name}, which is no picture", Problem(head));

    [Fact]
    public void Files_of_other_programs_are_named()
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("x.png"), TestPictures.Make(16, 16, PixelLayout.Rgb24, seed: 1, noisy: false));
        // Every ImageMagick writes ICO itself. The others need a library or a permission that an installation may lack.
        (string Extension, string Name, bool Always)[] formats =
            [("ico", "Windows icon (ICO)", true), ("tif", "TIFF", false), ("webp", "WebP", false), ("pdf", "PDF", false)];
        foreach ((string extension, string name, bool always) in formats)
        {
            bool written = ImageMagick(folder.File("x.png"), folder.File($"x.{extension}"));
            Assert.True(written || !always, $"ImageMagick writes no {name}");
            if (!written)
                continue;
            Assert.Contains(
                $"a {name} file", Problem(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.File($"x.{extension}")))));
        }
    }

    // Converts a picture; false if this installation can't write the format.
    private static bool ImageMagick(string from, string to)
    {
        Assert.SkipUnless(
            Programs.Exists("convert")
            && Programs.Run(TimeSpan.FromMinutes(1), Path.GetTempPath(), "convert", "-version").Text.Contains("ImageMagick"),
            "needs the program 'convert' of ImageMagick (Debian: imagemagick)");
        return Programs.Run(TimeSpan.FromMinutes(1), Path.GetTempPath(), "convert", from, to).Status == 0 && File.Exists(to);
    }

    private static string Problem(string head) => Assert.Throws<ImageFormatException>(
        () => ImageFile.Open(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(head)), "photo.jpg")).Problem;
}
