using Wct.Imaging.Tests;

namespace Wct.Imaging.Magick.Tests;

public sealed class WritingTests
{
    public WritingTests() => MagickFormats.Register();

    public static TheoryData<string, ImageWriteOptions> Lossless => new()
    {
        { ".webp", new WebPWriteOptions { Lossless = true } },
        { ".tif", new TiffWriteOptions { Compression = TiffCompression.None } },
        { ".tiff", new TiffWriteOptions { Compression = TiffCompression.Lzw } },
        { ".tif", new TiffWriteOptions() },
        { ".jxl", new JpegXlWriteOptions { Lossless = true } },
    };

    [Theory]
    [MemberData(nameof(Lossless))]
    public void LosslessFilesKeepEveryPixel(string extension, ImageWriteOptions options)
    {
        foreach (PixelLayout layout in new[] { PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32 })
        {
            PixelImage picture = TestPictures.Hard(45, 33, layout);
            PixelImage seen = ImageFile.Read(new MemoryStream(ImageFile.Encode(extension, picture, options)));
            Assert.Equal(TestPictures.Rgba(picture), TestPictures.Rgba(seen));
        }
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    public void QualityDecidesSizeAndLikeness(string extension)
    {
        PixelImage picture = TestPictures.Make(160, 120, PixelLayout.Rgb24, 3, noisy: false);
        (byte[] low, byte[] high) = (Encode(20), Encode(95));
        Assert.True(low.Length < high.Length, $"{low.Length} and {high.Length} bytes");
        Assert.True(Error(low) > Error(high), $"errors {Error(low)} and {Error(high)}");
        // Measured: 4.6, 1.3 and 17.8. Half of the color resolution alone makes 28 in AVIF.
        Assert.InRange(Error(high), 0, extension switch { ".webp" => 7, ".avif" => 3, _ => 25 });

        byte[] Encode(int quality) => ImageFile.Encode(extension, picture, extension switch
        {
            ".webp" => new WebPWriteOptions { Quality = quality },
            ".avif" => new AvifWriteOptions { Quality = quality, Speed = 9 },
            _ => new JpegXlWriteOptions { Quality = quality, Effort = 3 },
        });

        double Error(byte[] file) => ImageFile.Read(new MemoryStream(file)).ToRgb().Bytes.Zip(picture.Bytes)
            .Average(pair => Math.Pow(pair.First - pair.Second, 2));
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    public void ExifDataIsKeptAndNotAppliedAgain(string extension)
    {
        byte[] exif = TestExif.Make(6, littleEndian: true, thumbnail: false);
        byte[] jpeg = ImageFile.Encode(".jpg", TestPictures.Hard(24, 16), new JpegWriteOptions { Metadata = new() { Exif = exif } });
        using ImageReader photo = ImageFile.Open(new MemoryStream(jpeg), "photo");
        Assert.Equal((16, 24), (photo.Width, photo.Height));
        PixelImage upright = photo.ReadAll();
        byte[] file = ImageFile.Encode(extension, upright, new ImageWriteOptions { Metadata = photo.Metadata });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "result");
        Assert.Equal((16, 24), (reader.Width, reader.Height));
        Assert.Contains("Maker", System.Text.Encoding.Latin1.GetString(reader.Metadata.Exif.Span));
    }

    [Fact]
    public void OptionsAndSizesAreChecked()
    {
        PixelImage picture = TestPictures.Hard(8, 8);
        Assert.Contains("Quality is 101, the range is 0 to 100", Assert.Throws<ArgumentOutOfRangeException>(
            () => ImageFile.Encode(".webp", picture, new WebPWriteOptions { Quality = 101 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Encode(".avif", picture, new AvifWriteOptions { Speed = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Encode(".webp", new PixelImage(16384, 1, PixelLayout.Gray8)));
        Assert.Throws<ArgumentException>(() => ImageFile.Encode(".heic", picture));
        Assert.All(
            new[] { ".webp", ".avif", ".tif", ".tiff", ".jxl" }, extension => Assert.Contains(extension, ImageFile.WritableExtensions));
    }
}
