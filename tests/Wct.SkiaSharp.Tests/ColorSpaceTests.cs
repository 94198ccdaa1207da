using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

/// <summary>Bitmaps in other color spaces look like their twins in sRGB.</summary>
public sealed class ColorSpaceTests(ITestOutputHelper output)
{
    public static TheoryData<string, SKColorType, int> Spaces => new()
    {
        // 16 bits hold the colors of the twin to within a byte's rounding. With 8 bits, the result is rounded in its own space, which is up
        // to 8 in sRGB where one channel is almost 0 and the others are bright.
        { "Display P3", SKColorType.RgbaF16, 2 }, { "linear", SKColorType.RgbaF16, 2 }, { "Rec. 2020", SKColorType.RgbaF16, 2 },
        { "Display P3", SKColorType.Bgra8888, 10 }, { "Adobe RGB", SKColorType.Rgba8888, 10 },
    };

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ABitmapGivesTheResultOfItsTwin(string name, SKColorType type, int limit)
    {
        SKColorSpace space = name switch
        {
            "linear" => SKColorSpace.CreateSrgbLinear(),
            "Adobe RGB" => SKColorSpace.CreateRgb(SKColorSpaceTransferFn.TwoDotTwo, SKColorSpaceXyz.AdobeRgb),
            "Rec. 2020" => SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.Rec2020),
            _ => SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3),
        };
        using StyleTransfer transfer = Bitmaps.Transfer();
        PixelImage picture = Bitmaps.Opaque();
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(picture, type, SKAlphaType.Unpremul, space),
            styled = bitmap.Stylize(transfer, style, Bitmaps.Robust);
        Assert.True(SKColorSpace.Equal(space, styled.ColorSpace), "the result has another color space");
        Assert.Equal(type, styled.ColorType);
        // The stored numbers are others than in sRGB.
        using SKBitmap twin = Bitmaps.Need(picture, type, SKAlphaType.Unpremul);
        Assert.NotEqual(Bitmaps.Bytes(twin), Bitmaps.Bytes(bitmap));
        int difference = Bitmaps.Difference(transfer.Stylize(picture, style, Bitmaps.Robust), Bitmaps.Read(styled));
        output.WriteLine($"{name}, {type}: up to {difference} per byte apart");
        Assert.InRange(difference, 0, limit);
        // What the bitmap really holds, stylized by the library and stored by Skia: only the rounding of storing may differ.
        using SKBitmap stored = Bitmaps.Need(
            transfer.Stylize(Bitmaps.Read(bitmap), style, Bitmaps.Robust), type, SKAlphaType.Unpremul, space);
        difference = type == SKColorType.RgbaF16 ? Bitmaps.Difference(Bitmaps.Read(stored), Bitmaps.Read(styled))
            : Bitmaps.Bytes(stored).Zip(Bitmaps.Bytes(styled), (a, b) => Math.Abs(a - b)).Max();
        output.WriteLine($"as stored: up to {difference} per byte apart");
        Assert.InRange(difference, 0, 1);
        // A style in that space is measured by its colors, too.
        PixelImage content = Pictures.Textured(16, 16, 4);
        byte[] expected = transfer.Stylize(content, transfer.PrepareStyle(picture), Bitmaps.Robust).Bytes,
            actual = transfer.Stylize(content, transfer.PrepareStyle(bitmap), Bitmaps.Robust).Bytes;
        difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        output.WriteLine($"as a style: up to {difference} per byte apart");
        Assert.InRange(difference, 0, limit);
    }

    [Fact]
    public void SrgbAndNoColorSpaceAreTheSame()
    {
        using StyleTransfer transfer = Bitmaps.Transfer();
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap none = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Bgra8888, SKAlphaType.Premul),
            srgb = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Bgra8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using SKBitmap first = none.Stylize(transfer, style), second = srgb.Stylize(transfer, style);
        Assert.Equal(Bitmaps.Bytes(first), Bitmaps.Bytes(second));
        Assert.Null(first.ColorSpace);
        Assert.True(second.ColorSpace.IsSrgb);
    }
}
