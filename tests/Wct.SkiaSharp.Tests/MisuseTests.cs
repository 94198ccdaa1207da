using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

/// <summary>Wrong calls give one clear error.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly StyleTransfer _transfer = Bitmaps.Transfer();

    public void Dispose() => _transfer.Dispose();

    [Fact]
    public void ArgumentsAreChecked()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Bgra8888, SKAlphaType.Unpremul);
        Assert.Throws<ArgumentNullException>("bitmap", () => ((SKBitmap)null!).Stylize(_transfer, style));
        Assert.Throws<ArgumentNullException>("image", () => ((SKImage)null!).Stylize(_transfer, style));
        Assert.Throws<ArgumentNullException>("transfer", () => bitmap.Stylize(null!, style));
        Assert.Throws<ArgumentNullException>("style", () => bitmap.Stylize(_transfer, (PreparedStyle)null!));
        Assert.Throws<ArgumentNullException>("style", () => _transfer.PrepareStyle((SKBitmap)null!));
        Assert.Throws<ArgumentNullException>("regions", () => bitmap.Stylize(_transfer, (IReadOnlyList<StyleRegion>)null!));
        StyleRegion small = new(new StyleMask(new byte[4], 2, 2), style);
        Assert.Contains("2x2", Assert.Throws<ArgumentException>(() => bitmap.Stylize(_transfer, [small])).Message);
        Assert.Throws<ArgumentException>(() => bitmap.Stylize(_transfer, style, new StylizeOptions { Strength = 2 }));
    }

    [Fact]
    public void BitmapsWithoutPixelsAreRefused()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap empty = new();
        string message = Assert.Throws<ArgumentException>("bitmap", () => empty.Stylize(_transfer, style)).Message;
        Assert.StartsWith("The bitmap has no pixels: 0x0, Unknown.", message);
    }

    // Skia ends the process if it gets a disposed object.
    [Fact]
    public void DisposedBitmapsAreRefused()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using SKImage image = SKImage.FromBitmap(bitmap);
        SKBitmap goneBitmap = new(8, 8);
        SKImage goneImage = SKImage.FromBitmap(goneBitmap);
        goneImage.Dispose();
        goneBitmap.Dispose();
        foreach (Action call in new Action[]
        {
            () => goneBitmap.Stylize(_transfer, style), () => bitmap.Stylize(_transfer, goneBitmap),
            () => goneBitmap.Stylize(_transfer, [new StyleRegion(null, style)]), () => _transfer.PrepareStyle(goneBitmap),
            () => goneBitmap.ToPixelImage(), () => goneBitmap.ToStyleMask(),
        })
        {
            Assert.Equal(typeof(SKBitmap).FullName, Assert.Throws<ObjectDisposedException>(call).ObjectName);
        }

        foreach (Action call in new Action[]
        {
            () => goneImage.Stylize(_transfer, style), () => image.Stylize(_transfer, goneImage),
            () => goneImage.Stylize(_transfer, [new StyleRegion(null, style)]), () => _transfer.PrepareStyle(goneImage),
            () => goneImage.ToPixelImage(), () => goneImage.ToStyleMask(),
        })
        {
            Assert.Equal(typeof(SKImage).FullName, Assert.Throws<ObjectDisposedException>(call).ObjectName);
        }
    }

    [Fact]
    public void AnImageThatCannotBeDecodedIsRefused()
    {
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.Bgra8888, SKAlphaType.Opaque);
        byte[] file = bitmap.Encode(SKEncodedImageFormat.Webp, 100).ToArray();
        // The header stays.
        Array.Fill(file, (byte)255, 60, file.Length - 60);
        using SKImage image = SKImage.FromEncodedData(file);
        string expected = $"Skia can't read the pixels of the image (24x19, {image.ColorType}), which is encoded.";
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>("image", () => image.ToPixelImage()).Message);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>("image", () => image.ToStyleMask()).Message);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>("style", () => _transfer.PrepareStyle(image)).Message);
    }

    [Fact]
    public void AnImageWithoutColorsIsNamed()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Picture(), SKColorType.Alpha8, SKAlphaType.Premul);
        using SKImage image = SKImage.FromBitmap(bitmap);
        Assert.StartsWith(
            "The image's color type is Alpha8, which has alpha but no colors.",
            Assert.Throws<ArgumentException>("image", () => image.Stylize(_transfer, style)).Message);
    }

    // Its rows are far apart, so that its memory is too large although it has three pixels. The memory is never read.
    [Fact]
    public unsafe void ABitmapOfMoreThan2GigabytesIsRefused()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        uint pixel = 0;
        using SKBitmap bitmap = new();
        Assert.True(bitmap.InstallPixels(
            new SKImageInfo(1, 3, SKColorType.Bgra8888, SKAlphaType.Premul), (nint)(&pixel), 1_500_000_000));
        Assert.StartsWith(
            "The bitmap takes 3000000004 bytes; at most 2147483647 are possible.",
            Assert.Throws<ArgumentException>("bitmap", () => bitmap.Stylize(_transfer, style)).Message);
    }

    [Fact]
    public void WhatSkiaCannotDoIsNamed()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap unknown = new();
        Assert.True(unknown.TryAllocPixels(new SKImageInfo(4, 4, SKColorType.Unknown)));
        Assert.Contains("Unknown", Assert.Throws<ArgumentException>("bitmap", () => unknown.Stylize(_transfer, style)).Message);
        Assert.Equal(
            "Skia can't allocate a bitmap of 1048576x1048576 pixels of the color type RgbaF32.",
            Assert.Throws<InsufficientMemoryException>(
                () => PixelMemory.Allocate(new SKImageInfo(1 << 20, 1 << 20, SKColorType.RgbaF32))).Message);
    }

    [Fact]
    public void CancellationAndDisposalReachTheCaller()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap bitmap = Bitmaps.Need(Bitmaps.Opaque(), SKColorType.RgbaF16, SKAlphaType.Unpremul);
        byte[] before = bitmap.Bytes;
        using CancellationTokenSource source = new();
        CallbackProgress<StylizeProgress> progress = new(report => source.Cancel());
        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(
            () => bitmap.Stylize(_transfer, style, null, progress, source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
        using SKBitmap styled = bitmap.Stylize(_transfer, style);
        Assert.NotEqual(before, styled.Bytes);
        Assert.Equal(before, bitmap.Bytes);
        _transfer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bitmap.Stylize(_transfer, style));
    }
}
