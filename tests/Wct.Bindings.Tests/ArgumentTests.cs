using System.ComponentModel;

namespace Wct.Bindings.Tests;

/// <summary>Tests arguments that the client refuses itself, before it calls the library.</summary>
public class ArgumentTests
{
    [Fact]
    public void PicturesAreChecked()
    {
        Refuses("0x3", () => new Pixels(new byte[9], 0, 3));
        Refuses("'bytes' has 17 bytes, 2x3 pixels with stride 6 need 18.", () => new Pixels(new byte[17], 2, 3));
        Refuses("'stride' is 5 bytes, a row of 2 pixels needs 6.", () => new Pixels(new byte[18], 2, 3, 5));
        Refuses("'length' has 23 bytes", () => new Pixels(new IntPtr(1), 23, 2, 3, 0, PixelLayout.Bgra32));
        Assert.Throws<ArgumentNullException>(() => new Pixels(IntPtr.Zero, 24, 2, 3, 0, PixelLayout.Bgra32));
        Assert.Throws<ArgumentNullException>(() => new Pixels(null!, 2, 3));
        Assert.Throws<ArgumentNullException>(() => (Pixels)(PixelImage)null!);
        Assert.Contains(
            "(7)", Assert.Throws<InvalidEnumArgumentException>(() => new Pixels(new byte[18], 2, 3, 0, (PixelLayout)7)).Message);
    }

    [Fact]
    public void LargePicturesAreRefusedBeforeMemoryIsTaken()
    {
        Refuses("30000x30000 pixels need 2700000000 bytes", () => new PixelImage(30000, 30000));
        Refuses("takes 8589934588 bytes", () => new PixelImage(int.MaxValue, 1, PixelLayout.Rgba32));
    }

    [Fact]
    public void TextsWithZerosAreRefused() => Refuses("position 1 of 3", () => StyleTransfer.Load("a\0b"));

    private static void Refuses(string part, Func<object> call) => Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message);
}
