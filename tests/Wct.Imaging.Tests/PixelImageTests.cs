namespace Wct.Imaging.Tests;

public class PixelImageTests
{
    [Fact]
    public void GrayIsRepeatedAndTransparencyBlendedWithWhite()
    {
        PixelImage gray = new(2, 1, PixelLayout.Gray8);
        gray.Bytes[1] = 7;
        Assert.Equal([0, 0, 0, 7, 7, 7], gray.ToRgb().Bytes);
        PixelImage transparent = new([10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 51], 3, 1, 0, PixelLayout.Rgba32);
        // A fifth of the color and four fifths of white.
        Assert.Equal([10, 20, 30, 255, 255, 255, 204, 224, 244], transparent.ToRgb().Bytes);
        PixelImage color = new(2, 2, PixelLayout.Rgb24);
        Assert.Same(color, color.ToRgb());
    }

    [Fact]
    public void EveryLayoutBecomesRgb()
    {
        Assert.Equal([30, 20, 10], new PixelImage([10, 20, 30], 1, 1, 0, PixelLayout.Bgr24).ToRgb().Bytes);
        Assert.Equal([200, 100, 0], Rgb(PixelLayout.Bgra32, 0, 100, 200, 255));
        Assert.Equal([244, 224, 204], Rgb(PixelLayout.Bgra32, 0, 100, 200, 51));
        // Alpha is 51 / 255, so 20 and 40 represent 100 and 200.
        Assert.Equal([204, 224, 244], Rgb(PixelLayout.RgbaPremultiplied, 0, 20, 40, 51));
        Assert.Equal([244, 224, 204], Rgb(PixelLayout.BgraPremultiplied, 0, 20, 40, 51));
    }

    [Fact]
    public void GapsBetweenRowsAreLeftOut()
    {
        PixelImage image = new([1, 2, 3, 99, 4, 5, 6], 1, 2, 4);
        Assert.Equal([4, 5, 6], image.Row(1).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], image.ToRgb().Bytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => { image.Row(2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { image.Row(-1); });
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Rgba32, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Bgr24, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Bgra32, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Gray8, PixelLayout.Gray8)]
    [InlineData(PixelLayout.RgbaPremultiplied, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied, PixelLayout.Rgba32)]
    public void AnyLayoutAndStrideCanBeWrittenAndReadBack(PixelLayout layout, PixelLayout inFile)
    {
        const int Width = 7, Height = 5;
        int stride = Width * layout.BytesPerPixel() + 3;
        PixelImage image = new(new byte[Height * stride + 10], Width, Height, stride, layout);
        new Random(1).NextBytes(image.Bytes);
        for (int y = 0; y < Height && layout.HasAlpha(); y++)
        {
            // Opaque pixels, so that premultiplied colors equal straight ones.
            for (int x = 0; x < Width; x++)
                image.Row(y)[4 * x + 3] = 255;
        }

        using MemoryStream stream = new();
        ImageFile.Write(stream, ".PNG", image);
        Assert.True(stream.CanWrite);
        stream.Position = 0;
        PixelImage back = ImageFile.Read(stream);
        Assert.True(stream.CanRead);
        Assert.Equal((Width, Height, inFile), (back.Width, back.Height, back.Layout));
        Assert.Equal(image.ToRgb().Bytes, back.ToRgb().Bytes);
        // The JPEG writer converts layouts as ToRgb does.
        Assert.Equal(ImageFile.Encode(".jpg", layout == PixelLayout.Gray8 ? back : image.ToRgb()), ImageFile.Encode(".jpg", image));
    }

    [Fact]
    public void TransparentPremultipliedPixelsKeepTheirAlphaInAFile()
    {
        PixelImage image = new([20, 40, 0, 51, 0, 0, 0, 0], 2, 1, 0, PixelLayout.BgraPremultiplied);
        Assert.Equal([0, 200, 100, 51, 0, 0, 0, 0], ImageFile.Read(new MemoryStream(ImageFile.Encode(".png", image))).Bytes);
    }

    [Fact]
    public void ImpossibleSizesAreNamed()
    {
        Assert.Throws<ArgumentException>(() => new PixelImage(0, 1, PixelLayout.Gray8));
        Assert.Contains("50000x50000", Assert.Throws<ArgumentException>(() => new PixelImage(50000, 50000, PixelLayout.Rgb24)).Message);
        // Nearly 2^64 bytes, which would overflow 64 bits to a small number.
        Assert.Throws<ArgumentException>(() => new PixelImage(int.MaxValue, int.MaxValue, PixelLayout.Rgba32));
    }

    private static byte[] Rgb(PixelLayout layout, params byte[] pixel) => new PixelImage(pixel, 1, 1, 0, layout).ToRgb().Bytes;
}
