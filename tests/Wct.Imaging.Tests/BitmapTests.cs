namespace Wct.Imaging.Tests;

public class BitmapTests
{
    [Fact]
    public void GrayIsRepeatedAndTransparencyLaidOverWhite()
    {
        Bitmap gray = new(2, 1, PixelFormat.Gray8);
        gray.Pixels[1] = 7;
        Assert.Equal([0, 0, 0, 7, 7, 7], gray.ToRgb().Pixels);
        Bitmap transparent = new(3, 1, PixelFormat.Rgba32);
        byte[] pixels = [10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 51];
        pixels.CopyTo(transparent.Pixels, 0);
        // A fifth of the color and four fifths of white.
        Assert.Equal([10, 20, 30, 255, 255, 255, 204, 224, 244], transparent.ToRgb().Pixels);
        Bitmap color = new(2, 2, PixelFormat.Rgb24);
        Assert.Same(color, color.ToRgb());
    }

    [Fact]
    public void ImpossibleSizesAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bitmap(0, 1, PixelFormat.Gray8));
        Assert.Contains("50000x50000", Assert.Throws<ArgumentOutOfRangeException>(() => new Bitmap(50000, 50000, PixelFormat.Rgb24)).Message);
        // 2^64 bytes and a few less, which would be few in 64 bits.
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bitmap(int.MaxValue, int.MaxValue, PixelFormat.Rgba32));
    }
}
