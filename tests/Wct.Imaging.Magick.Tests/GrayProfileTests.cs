using Wct.Imaging.Colors;
using Wct.Imaging.Tests;
using static Wct.Imaging.Magick.Tests.ColorFiles;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Profiles for gray are applied to gray pictures, and only to them.</summary>
public sealed class GrayProfileTests
{
    public GrayProfileTests() => MagickFormats.Register();

    [Theory]
    [InlineData(".webp")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    public void GrayPicturesInRgbFormatsGetNoProfileForGray(string extension)
    {
        PixelImage gray = TestPictures.Make(64, 48, PixelLayout.Gray8, 5, noisy: false);
        ImageMetadata metadata = new() { IccProfile = IccProfile.ForGray(TransferCurve.Power(1)) };
        byte[] file = ImageFile.Encode(extension, gray, new ImageWriteOptions { Metadata = metadata });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.True(reader.Metadata.IccProfile.IsEmpty
            || ImageMetadata.ProfileSpace(reader.Metadata.IccProfile.Span).SequenceEqual("RGB "u8) || extension == ".jxl");
        Assert.InRange(reader.ReadAll().ToRgb().Bytes.Zip(gray.ToRgb().Bytes).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 2);
    }

    [Theory]
    [InlineData(ImageMagick.MagickFormat.Tiff, PixelLayout.Rgba32)]
    [InlineData(ImageMagick.MagickFormat.WebP, PixelLayout.Rgba32)]
    [InlineData(ImageMagick.MagickFormat.WebP, PixelLayout.Gray8)]
    [InlineData(ImageMagick.MagickFormat.Jxl, PixelLayout.Gray8)]
    public void ProfilesForGrayAreAppliedToGrayPixels(ImageMagick.MagickFormat format, PixelLayout layout)
    {
        byte[] samples = [.. Enumerable.Range(0, 256).SelectMany<int, byte>(i => layout == PixelLayout.Gray8 ? [(byte)i] : [(byte)i, 200])];
        using ImageMagick.MagickImage image = new();
        image.ReadPixels(samples, new ImageMagick.PixelReadSettings(
            256, 1, ImageMagick.StorageType.Char, layout == PixelLayout.Gray8 ? "I" : "IA"));
        image.ColorSpace = ImageMagick.ColorSpace.Gray;
        image.SetProfile(new ImageMagick.ColorProfile(IccProfile.ForGray(TransferCurve.Power(1))));
        image.Quality = 100;
        image.Settings.SetDefine("webp:lossless", "true");
        PixelImage seen = ImageFile.Read(new MemoryStream(image.ToByteArray(format)));
        Assert.Equal(layout, seen.Layout);
        for (int i = 0; i < 256; i++)
        {
            Assert.InRange(TestPictures.Rgba(seen)[4 * i] - (255 * Encode(i / 255.0)), -2, 2);
            Assert.Equal(layout == PixelLayout.Gray8 ? 255 : 200, TestPictures.Rgba(seen)[(4 * i) + 3]);
        }
    }

    [Fact]
    public void GrayPicturesWithAnRgbProfileAreConverted()
    {
        PixelImage gray = new(256, 1, PixelLayout.Gray8);
        for (int i = 0; i < 256; i++)
            gray.Bytes[i] = (byte)i;
        byte[] profile = IccProfile.ForRgb(ColorPrimaries.FromNumber(12)!.Value, TransferCurve.Power(1))!;
        PixelImage seen = ImageFile.Read(new MemoryStream(With(gray, "iCCP", Compressed(profile))));
        Assert.Equal(PixelLayout.Gray8, seen.Layout);
        for (int i = 0; i < 256; i++)
            Assert.InRange(seen.Bytes[i] - (255 * Encode(i / 255.0)), -2, 2);
    }

    [Fact]
    public void GrayProfilesAreConverted()
    {
        PixelImage gray = new(256, 1, PixelLayout.Gray8);
        for (int i = 0; i < 256; i++)
            gray.Bytes[i] = (byte)i;
        byte[] file = ImageFile.Encode(
            ".png", gray, new ImageWriteOptions { Metadata = new() { IccProfile = IccProfile.ForGray(TransferCurve.Power(1)) } });
        PixelImage seen = ImageFile.Read(new MemoryStream(file));
        Assert.Equal(PixelLayout.Gray8, seen.Layout);
        for (int i = 0; i < 256; i++)
            Assert.InRange(seen.Bytes[i] - (255 * Encode(i / 255.0)), -2, 2);
    }
}
