using Wct.Imaging;

namespace Wct.FormatRegistry.Tests;

/// <summary>Tests that <see cref="ImageFile"/> detects, reads, limits, rotates and writes a format that is defined outside the
/// library.</summary>
public class ToyFileTests
{
    [Theory]
    [InlineData(PixelLayout.Gray8)]
    [InlineData(PixelLayout.Rgb24)]
    public void TheFormatIsDetectedByContent(PixelLayout layout)
    {
        using TemporaryFolder folder = new();
        PixelImage image = Noise(7, 5, layout);
        ImageFile.Write(folder.File("x.TOY"), image);
        File.Move(folder.File("x.TOY"), folder.File("x.jpg"));
        PixelImage back = ImageFile.Read(folder.File("x.jpg"));
        Assert.Equal((7, 5, layout), (back.Width, back.Height, back.Layout));
        Assert.Equal(image.Bytes, back.Bytes);
    }

    [Fact]
    public async Task ReadingIsCanceledBetweenTwoBands()
    {
        // 12 MB are many bands.
        byte[] file = ImageFile.Encode(".toy", Noise(2000, 2000, PixelLayout.Rgb24));
        using CancellationTokenSource cancel = new();
        int bands = 0;
        ToyReader.OnRead = () =>
        {
            bands++;
            cancel.Cancel();
        };
        try
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => ImageFile.ReadAsync(new MemoryStream(file), cancellationToken: cancel.Token));
        }
        finally
        {
            ToyReader.OnRead = null;
        }

        Assert.Equal(1, bands);
    }

    [Fact]
    public void PixelsAreConvertedToTheFormatsLayout()
    {
        PixelImage image = Noise(7, 5, PixelLayout.BgraPremultiplied);
        using MemoryStream stream = new();
        ImageFile.Write(stream, ".toy", image);
        stream.Position = 0;
        PixelImage back = ImageFile.Read(stream);
        Assert.Equal(PixelLayout.Rgb24, back.Layout);
        Assert.Equal(image.ToRgb().Bytes, back.Bytes);
    }

    [Fact]
    public void TheFormatsOwnOptionsAreUsed()
    {
        PixelImage image = Noise(7, 5, PixelLayout.Rgb24);
        byte[] plain = ImageFile.Encode(".toy", image), inverted = ImageFile.Encode(".toy", image, new ToyWriteOptions { Invert = true });
        Assert.Equal(plain, ImageFile.Encode(".toy", image, new JpegWriteOptions { Quality = 1 }));
        Assert.Equal(plain[^1] ^ 255, inverted[^1]);
        using MemoryStream stream = new(inverted);
        Assert.Equal(image.Bytes, ImageFile.Read(stream).Bytes);
    }

    [Fact]
    public void PictureLargerThanTheLimitIsRefused()
    {
        using MemoryStream stream = new(ImageFile.Encode(".toy", Noise(7, 5, PixelLayout.Rgb24)));
        Assert.Equal(7, ImageFile.Read(stream, "x", new ImageReadOptions { MaxPixels = 35 }).Width);
        stream.Position = 0;
        ImageFormatException error =
            Assert.Throws<ImageFormatException>(() => ImageFile.Read(stream, "x", new ImageReadOptions { MaxPixels = 34 }));
        Assert.Equal("x: 7x5 are 35 pixels, the limit is 34", error.Message);
    }

    [Fact]
    public void PictureWithoutPixelsIsRefused()
    {
        using MemoryStream stream = new(ToyFormat.Header(0, 5, 3, 1, invert: false));
        Assert.Equal(
            "x: 0x5 pixels; both sides must be at least 1", Assert.Throws<ImageFormatException>(() => ImageFile.Read(stream, "x")).Message);
    }

    [Fact]
    public void ReaderGetsItsMemoryLimit()
    {
        using ImageReader reader = ImageFile.Open(
            new MemoryStream(ImageFile.Encode(".toy", Noise(7, 5, PixelLayout.Rgb24))), "x", new ImageReadOptions { MaxMemory = 12345 });
        Assert.Equal(12345, reader.MaxMemory);
        ((IPixelReader)reader).Limit(678);
        Assert.Equal(678, reader.MaxMemory);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void OrientationIsApplied(long memory)
    {
        // Orientation 6 rotates the stored picture clockwise: 1 2 3 above 4 5 6 becomes the rows 4 1, 5 2 and 6 3.
        using MemoryStream stream = new([.. ToyFormat.Header(3, 2, 1, orientation: 6, invert: false), 1, 2, 3, 4, 5, 6]);
        PixelImage seen = ImageFile.Read(stream, "x", new ImageReadOptions { MaxMemory = memory });
        Assert.Equal((2, 3), (seen.Width, seen.Height));
        Assert.Equal([4, 1, 5, 2, 6, 3], seen.Bytes);
    }

    [Fact]
    public void MessagesNameTheFormat()
    {
        using MemoryStream stream = new("Dear diary"u8.ToArray());
        Assert.Equal(
            "x: not a PNG, JPEG, Netpbm, BMP, GIF, Photoshop, Radiance HDR, Toy or TGA file but text, which is no picture",
            Assert.Throws<ImageFormatException>(() => ImageFile.Read(stream, "x")).Message);
        Assert.Contains(".toy", ImageFile.Extensions);
        Assert.EndsWith(
            " .pnm .toy.",
            Assert.Throws<ArgumentException>(() => ImageFile.Encode(".gif", Noise(1, 1, PixelLayout.Rgb24))).Message.Split(" (")[0]);
    }

    [Fact]
    public void TheSameInstanceCanBeRegisteredAgain()
    {
        Parallel.For(0, 100, _ => ImageFormats.Register(ToyFormat.Instance));
        Assert.Single(ImageFormats.All, format => format.Name == "Toy");
        Assert.Contains("belongs to Toy", Assert.Throws<ArgumentException>(() => ImageFormats.Register(new ToyFormat())).Message);
    }

    internal static PixelImage Noise(int width, int height, PixelLayout layout)
    {
        PixelImage image = new(width, height, layout);
        new Random(width).NextBytes(image.Bytes);
        // Premultiplied colors are at most alpha.
        for (int i = 3; layout.IsPremultiplied() && i < image.Bytes.Length; i += 4)
            image.Bytes[i] = Math.Max(Math.Max(image.Bytes[i - 1], image.Bytes[i - 2]), Math.Max(image.Bytes[i - 3], image.Bytes[i]));
        return image;
    }
}
