using SkiaSharp;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.SkiaSharp.Tests;

public sealed class BitmapTests(ITestOutputHelper output) : IDisposable
{
    private const int Side = 512;

    // Far below a bitmap of that side, which takes 1 MB.
    private const long Most = 150_000;

    private readonly StyleTransfer _transfer = Bitmaps.Transfer();

    private static PixelImage Painting => Pictures.Textured(20, 21, 2);

    public void Dispose() => _transfer.Dispose();

    // Both results are rounded in the same way, so they are equal to the byte.
    [Theory]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.Rgba8888)]
    public void PremultipliedBitmapsGiveTheStraightResult(SKColorType type)
    {
        PreparedStyle style = _transfer.PrepareStyle(Painting);
        using SKBitmap premultiplied = Bitmaps.Need(Bitmaps.Picture(), type, SKAlphaType.Premul);
        byte[] colors = Bitmaps.Bytes(premultiplied);
        PixelLayout layout = type == SKColorType.Bgra8888 ? PixelLayout.Bgra32 : PixelLayout.Rgba32;
        PixelImage straight = new([.. colors], Bitmaps.Width, Bitmaps.Height, 0, layout);
        PerPixel(straight.Bytes, (color, alpha) => alpha == 0 ? 0 : Math.Min(255, (255 * color + alpha / 2) / alpha));
        PixelImage expected = _transfer.Stylize(straight, style);
        PerPixel(expected.Bytes, (color, alpha) => (color * alpha + 127) / 255);
        using SKBitmap styled = premultiplied.Stylize(_transfer, style);
        Assert.Equal(expected.Bytes, Bitmaps.Bytes(styled));
        Assert.NotEqual(colors, expected.Bytes);
        // The content is unchanged. One that may not change is read, too.
        Assert.Equal(colors, Bitmaps.Bytes(premultiplied));
        premultiplied.SetImmutable();
        using SKBitmap again = premultiplied.Stylize(_transfer, style);
        Assert.Equal(expected.Bytes, Bitmaps.Bytes(again));
    }

    [Fact]
    public void RowsMayHaveGaps()
    {
        PreparedStyle style = _transfer.PrepareStyle(Painting);
        using SKBitmap plain = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Bgra8888, SKAlphaType.Unpremul),
            gaps = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Bgra8888, SKAlphaType.Unpremul, gap: 5), part = new();
        Assert.NotEqual(plain.RowBytes, gaps.RowBytes);
        using SKBitmap expected = plain.Stylize(_transfer, style), actual = gaps.Stylize(_transfer, style);
        Assert.Equal(Bitmaps.Bytes(expected), Bitmaps.Bytes(actual));
        // A part of a bitmap, which shares its memory.
        Assert.True(gaps.ExtractSubset(part, new SKRectI(4, 3, 20, 18)));
        using SKBitmap own = Bitmaps.Need(Bitmaps.Read(part), SKColorType.Bgra8888, SKAlphaType.Unpremul),
            ofPart = part.Stylize(_transfer, style), ofOwn = own.Stylize(_transfer, style);
        Assert.Equal((16, 15), (ofPart.Width, ofPart.Height));
        Assert.Equal(Bitmaps.Bytes(ofOwn), Bitmaps.Bytes(ofPart));
    }

    // The fourth byte of an opaque bitmap means nothing, so it must not be read as alpha.
    [Theory]
    [InlineData(SKColorType.Rgba8888)]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.Rgb888x)]
    public void TheFourthByteOfAnOpaqueBitmapHasNoInfluence(SKColorType type)
    {
        PreparedStyle style = _transfer.PrepareStyle(Painting);
        using SKBitmap clean = Bitmaps.Need(Bitmaps.Opaque(), type, SKAlphaType.Opaque),
            odd = Bitmaps.Need(Bitmaps.Opaque(), type, SKAlphaType.Opaque);
        Span<byte> bytes = odd.GetPixelSpan();
        for (int i = 3; i < bytes.Length; i += 4)
            bytes[i] = (byte)(i % 7);
        using SKBitmap expected = clean.Stylize(_transfer, style), actual = odd.Stylize(_transfer, style);
        Assert.Equal(0, Bitmaps.Difference(Bitmaps.Read(expected), Bitmaps.Read(actual)));
        Assert.All(Bitmaps.Bytes(actual).Where((_, i) => i % 4 == 3), alpha => Assert.Equal(255, alpha));
    }

    [Fact]
    public void AnotherBitmapMayBeTheStyle()
    {
        PixelImage painting = Bitmaps.Picture(2);
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Bgra8888, SKAlphaType.Unpremul),
            gray = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Gray8, SKAlphaType.Opaque),
            style = Bitmaps.Need(painting, SKColorType.RgbaF16, SKAlphaType.Unpremul);
        StylizeOptions options = new() { PreserveColor = ColorPreservation.Histogram, StyleScale = 1.5 };
        PixelImage content = new(Bitmaps.Bytes(bitmap), Bitmaps.Width, Bitmaps.Height, 0, PixelLayout.Bgra32);
        using SKBitmap styled = bitmap.Stylize(_transfer, style, options);
        Assert.Equal(_transfer.Stylize(content, painting, options).Bytes, Bitmaps.Bytes(styled));
        // A gray content gives the same bitmap with a style that was measured before.
        using SKBitmap grayStyled = gray.Stylize(_transfer, style), measured = gray.Stylize(_transfer, _transfer.PrepareStyle(style));
        Assert.Equal(SKColorType.Gray8, grayStyled.ColorType);
        Assert.Equal(Bitmaps.Bytes(measured), Bitmaps.Bytes(grayStyled));
        Assert.NotEqual(Bitmaps.Bytes(gray), Bitmaps.Bytes(grayStyled));
    }

    // The library reads the bitmap's memory and writes the result's, so almost nothing is allocated beside them.
    [Theory]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Opaque)]
    [InlineData(SKColorType.Rgb888x, SKAlphaType.Opaque)]
    public void BitmapsWith8BitsAreNotCopied(SKColorType type, SKAlphaType alpha)
    {
        using StyleTransfer transfer = new(RandomModel.Create([8, 8], 1), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        PixelImage picture = Pictures.Textured(Side, Side, 1, PixelLayout.Rgba32);
        for (int i = 3; i < picture.Bytes.Length; i += 4)
            picture.Bytes[i] = 255;
        PreparedStyle style = transfer.PrepareStyle(picture);
        using SKBitmap bitmap = Bitmaps.Need(picture, type, alpha);
        long allocated = long.MaxValue;
        // The pool sometimes frees memory, so the minimum of a few calls counts.
        for (int i = 0; i < 4; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bitmap.Stylize(transfer, style).Dispose();
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{allocated} bytes");
        Assert.InRange(allocated, 0, Most);
    }

    [Fact]
    public void BitmapsAndPicturesOfTheLibraryAreConverted()
    {
        foreach (PixelLayout layout in Enum.GetValues<PixelLayout>())
        {
            PixelImage image = Pictures.Noise(13, 11, 1, layout);
            // Premultiplied colors are never larger than alpha.
            for (int i = 0; layout.IsPremultiplied() && i < image.Bytes.Length; i++)
                image.Bytes[i] = Math.Min(image.Bytes[i], image.Bytes[i | 3]);
            using SKBitmap bitmap = image.ToBitmap();
            PixelImage back = bitmap.ToPixelImage();
            Assert.Equal(image.ToRgb().Bytes, back.ToRgb().Bytes);
            if (layout.HasAlpha())
            {
                Assert.Equal(layout, back.Layout);
                Assert.Equal(image.Bytes, back.Bytes);
            }
        }
    }

    private static void PerPixel(byte[] pixels, Func<int, int, int> change)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % 4 != 3)
                pixels[i] = (byte)change(pixels[i], pixels[i | 3]);
        }
    }
}
