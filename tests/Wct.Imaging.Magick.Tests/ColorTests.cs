using Wct.Imaging.Colors;
using Wct.Imaging.Tests;
using Wct.Net;
using static Wct.Imaging.Magick.Tests.ColorFiles;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Colors are converted to sRGB.</summary>
public sealed class ColorTests
{
    public ColorTests() => MagickFormats.Register();

    // The files are as near as bytes allow: a lossless twin differs by at most 1, a JPEG twin by up to 4. A style transfer amplifies that,
    // because it equalizes the variances of features.
    [Fact]
    public void ADisplayP3JpegAndItsSrgbTwinGiveTheSameResult()
    {
        PixelImage photo = TestPictures.Hard(120, 90, seed: 3), painting = TestPictures.Hard(96, 80);
        JpegWriteOptions best = new() { Quality = 100 };
        byte[] file = ImageFile.Encode(".jpg", ToDisplayP3(photo), best with { Metadata = new() { IccProfile = DisplayP3 } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "wide");
        Assert.True(reader.Metadata.IccProfile.IsEmpty);
        PixelImage seen = reader.ReadAll();
        PixelImage stored = ImageFile.Read(new MemoryStream(file), "wide", new ImageReadOptions { ConvertColors = false });
        PixelImage lossless = FromDisplayP3(stored), twin = ImageFile.Read(new MemoryStream(ImageFile.Encode(".jpg", lossless, best)));
        AssertNear(lossless, seen, 1);
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        byte[] result = transfer.Stylize(seen, painting).Bytes;
        int[] toLossless = Differences(lossless), toTwin = Differences(twin);
        // Measured: 99 of 100 bytes within 2 and the others within 4; 1.9 on average; 33 on average without the conversion.
        Assert.InRange(toLossless.Count(difference => difference > 3), 0, toLossless.Length / 100);
        Assert.InRange(toTwin.Average(), 0, 3);
        Assert.InRange(Differences(stored).Average(), 10, 255);

        int[] Differences(PixelImage other) =>
            [.. transfer.Stylize(other, painting).Bytes.Zip(result).Select(pair => Math.Abs(pair.First - pair.Second))];
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".jxl")]
    public void LosslessDisplayP3FilesAreConverted(string extension)
    {
        ImageMetadata metadata = new() { IccProfile = DisplayP3 };
        ImageWriteOptions options = extension switch
        {
            ".webp" => new WebPWriteOptions { Lossless = true, Metadata = metadata },
            ".jxl" => new JpegXlWriteOptions { Lossless = true, Metadata = metadata },
            _ => new ImageWriteOptions { Metadata = metadata },
        };
        byte[] file = ImageFile.Encode(extension, ToDisplayP3(Srgb), options);
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "wide");
        Assert.True(reader.Metadata.IccProfile.IsEmpty);
        AssertNear(FromDisplayP3(ToDisplayP3(Srgb)), reader.ReadAll(), 1);
    }

    [Fact]
    public void LargePicturesAreConvertedBandByBand()
    {
        PixelImage large = TestPictures.Make(2500, 421, PixelLayout.Rgba32, 2, noisy: false);
        byte[] file = ImageFile.Encode(".png", ToDisplayP3(large), new ImageWriteOptions { Metadata = new() { IccProfile = DisplayP3 } });
        AssertNear(FromDisplayP3(ToDisplayP3(large)), ImageFile.Read(new MemoryStream(file)), 1);
    }

    [Fact]
    public void SamplesStayIfConversionIsOff()
    {
        byte[] file = ImageFile.Encode(".png", Srgb, new ImageWriteOptions { Metadata = new() { IccProfile = DisplayP3 } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x", new ImageReadOptions { ConvertColors = false });
        Assert.Equal(DisplayP3, reader.Metadata.IccProfile.ToArray());
        Assert.Equal(Srgb.Bytes, reader.ReadAll().Bytes);
    }

    [Fact]
    public void AnSrgbProfileChangesNothing()
    {
        byte[] profile = IccProfile.ForRgb(ColorPrimaries.Srgb, TransferCurve.Srgb)!;
        foreach (byte[] known in new[] { profile, ImageMagick.ColorProfiles.SRGB.ToByteArray() })
        {
            byte[] file = ImageFile.Encode(".png", Srgb, new ImageWriteOptions { Metadata = new() { IccProfile = known } });
            using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
            Assert.Equal(known, reader.Metadata.IccProfile.ToArray());
            Assert.Equal(Srgb.Bytes, reader.ReadAll().Bytes);
        }
    }

    // Lossy JPEG XL has colors of its own. The decoder gives them in the color space of the profile, or as linear light.
    [Theory]
    [InlineData("Display P3")]
    [InlineData("power")]
    [InlineData("linear")]
    [InlineData("table")]
    public void ColorsOfLossyJpegXlFilesAreConvertedOnce(string kind)
    {
        ColorPrimaries primaries = ColorPrimaries.FromNumber(12)!.Value;
        byte[] profile = kind switch
        {
            "power" => IccProfile.ForRgb(primaries, TransferCurve.Power(1.8))!,
            "linear" => IccProfile.ForRgb(primaries, TransferCurve.Power(1))!,
            "table" => WithTables(DisplayP3),
            _ => DisplayP3,
        };
        ImageMetadata metadata = new() { IccProfile = profile };
        byte[] exact = ImageFile.Encode(".png", Srgb, new ImageWriteOptions { Metadata = metadata });
        byte[] lossy = ImageFile.Encode(".jxl", Srgb, new JpegXlWriteOptions { Quality = 95, Metadata = metadata });
        (PixelImage expected, PixelImage seen) = (ImageFile.Read(new MemoryStream(exact)), ImageFile.Read(new MemoryStream(lossy)));
        double error = expected.Bytes.Zip(seen.Bytes).Average(pair => Math.Abs(pair.First - pair.Second));
        // A second conversion, or none, changes the average by 20 or more.
        Assert.InRange(error, 0, 3);
    }

    [Fact]
    public void RowsAreTheSameHoweverManyAreReadAtOnce()
    {
        // More than one band of 2^20 pixels.
        PixelImage large = TestPictures.Make(2000, 600, PixelLayout.Rgb24, 2, noisy: false);
        byte[] file = ImageFile.Encode(".png", large, new ImageWriteOptions { Metadata = new() { IccProfile = DisplayP3 } });
        byte[] whole = ImageFile.Read(new MemoryStream(file)).Bytes;
        foreach (int step in new[] { 1, 7, 523, 599 })
        {
            using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
            PixelImage seen = new(large.Width, large.Height, PixelLayout.Rgb24);
            for (int y = 0; y < large.Height; y += step)
                reader.ReadRows(seen.Bytes.AsSpan(y * large.Stride, Math.Min(step, large.Height - y) * large.Stride));
            Assert.True(whole.AsSpan().SequenceEqual(seen.Bytes), $"{step} rows at once");
            Assert.Throws<ArgumentException>(() => reader.ReadRows(new byte[large.Stride]));
        }
    }
}
