namespace Wct.Bindings.Tests;

/// <summary>What the client refuses itself, before the library is asked.</summary>
public class ArgumentTests
{
    [Fact]
    public void PicturesAreChecked()
    {
        Assert.Contains("0x3", Assert.Throws<ArgumentException>(() => new Pixels(new byte[9], 0, 3)).Message);
        Assert.Contains("'bytes' has 17 bytes, 2x3 pixels with stride 6 need 18.", Assert.Throws<ArgumentException>(() => new Pixels(new byte[17], 2, 3)).Message);
        Assert.Contains("'stride' is 5 bytes, a row of 2 pixels needs 6.", Assert.Throws<ArgumentException>(() => new Pixels(new byte[18], 2, 3, 5)).Message);
        Assert.Contains("'length' has 23 bytes", Assert.Throws<ArgumentException>(() => new Pixels(new IntPtr(1), 23, 2, 3, 0, PixelFormat.Bgra32)).Message);
        Assert.Throws<ArgumentNullException>(() => new Pixels(IntPtr.Zero, 24, 2, 3, 0, PixelFormat.Bgra32));
        Assert.Throws<ArgumentNullException>(() => new Pixels(null!, 2, 3));
        Assert.Throws<ArgumentNullException>(() => (Pixels)(PixelImage)null!);
        Assert.Contains("(7)", Assert.Throws<System.ComponentModel.InvalidEnumArgumentException>(() => new Pixels(new byte[18], 2, 3, 0, (PixelFormat)7)).Message);
    }

    [Fact]
    public void LargePicturesAreRefusedBeforeMemoryIsTaken()
    {
        Assert.Contains("30000x30000 pixels need 2700000000 bytes", Assert.Throws<ArgumentException>(() => new PixelImage(30000, 30000)).Message);
        Assert.Contains("takes 8589934588 bytes", Assert.Throws<ArgumentException>(() => new PixelImage(int.MaxValue, 1, PixelFormat.Rgba32)).Message);
    }

    [Fact]
    public void TextsWithZerosAreRefused() =>
        Assert.Contains("position 1 of 3", Assert.Throws<ArgumentException>(() => StyleTransfer.Load("a\0b")).Message);
}
