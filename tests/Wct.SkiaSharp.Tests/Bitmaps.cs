using SkiaSharp;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.SkiaSharp.Tests;

/// <summary>Makes and reads bitmaps with Skia's own conversions.</summary>
internal static class Bitmaps
{
    internal const int Width = 24, Height = 19;

    internal static readonly WctModel Model = RandomModel.Create([8, 12, 16, 20], seed: 3);

    /// <summary>Colors with all kinds of alpha: opaque, transparent, and two thirds, which 2 and 4 bits represent exactly.</summary>
    internal static PixelImage Picture(int seed = 1)
    {
        PixelImage image = Pictures.Textured(Width, Height, seed, PixelLayout.Rgba32);
        for (int i = 0; i < Width * Height; i++)
            image.Bytes[4 * i + 3] = (i % Width) switch { < 3 => 0, < 9 => 170, _ => 255 };
        return image;
    }

    /// <summary>Colors without alpha.</summary>
    internal static PixelImage Opaque(int seed = 1)
    {
        PixelImage image = Picture(seed);
        for (int i = 3; i < image.Bytes.Length; i += 4)
            image.Bytes[i] = 255;
        return image;
    }

    /// <summary>Converts straight RGBA in sRGB to a bitmap; null if Skia can't.</summary>
    internal static unsafe SKBitmap? Make(
        PixelImage rgba, SKColorType type, SKAlphaType alpha, SKColorSpace? colorSpace = null, int gap = 0)
    {
        SKImageInfo info = new(rgba.Width, rgba.Height, type, alpha, colorSpace);
        SKBitmap bitmap = new();
        fixed (byte* start = rgba.Bytes)
        {
            if (bitmap.TryAllocPixels(info, info.RowBytes + gap * info.BytesPerPixel))
            {
                using SKPixmap source = new(Straight(rgba.Width, rgba.Height), (nint)start), target = bitmap.PeekPixels();
                if (source.ReadPixels(target))
                    return bitmap;
            }
        }

        bitmap.Dispose();
        return null;
    }

    /// <summary>Makes a bitmap of a color type that Skia certainly has.</summary>
    internal static SKBitmap Need(PixelImage rgba, SKColorType type, SKAlphaType alpha, SKColorSpace? colorSpace = null, int gap = 0)
    {
        SKBitmap? bitmap = Make(rgba, type, alpha, colorSpace, gap);
        Assert.NotNull(bitmap);
        return bitmap;
    }

    /// <summary>Converts a bitmap to straight RGBA in sRGB.</summary>
    internal static unsafe PixelImage Read(SKBitmap bitmap)
    {
        PixelImage rgba = new(bitmap.Width, bitmap.Height, PixelLayout.Rgba32);
        fixed (byte* start = rgba.Bytes)
        {
            using SKPixmap source = bitmap.PeekPixels();
            SKImageInfo straight = Straight(bitmap.Width, bitmap.Height);
            Assert.True(source.ReadPixels(straight, (nint)start, straight.RowBytes), $"Skia can't read {bitmap.ColorType}");
        }

        return rgba;
    }

    /// <summary>Makes a bitmap of colors in single precision.</summary>
    /// <param name="rgba">Gives the pixel at each index: straight, in sRGB. May be outside 0..1.</param>
    /// <param name="type">A color type that Skia certainly has.</param>
    /// <param name="alpha">The alpha type.</param>
    internal static unsafe SKBitmap Filled(Func<int, float[]> rgba, SKColorType type, SKAlphaType alpha)
    {
        float[] pixels = [.. Enumerable.Range(0, Width * Height).SelectMany(rgba)];
        SKBitmap bitmap = new(new SKImageInfo(Width, Height, type, alpha));
        fixed (float* start = pixels)
        {
            using SKPixmap source = new(Floats(Width, Height), (nint)start), target = bitmap.PeekPixels();
            Assert.True(source.ReadPixels(target), $"Skia can't make {type}");
        }

        return bitmap;
    }

    /// <summary>Converts a bitmap to straight RGBA in sRGB, in single precision.</summary>
    internal static unsafe float[] ReadFloats(SKBitmap bitmap)
    {
        float[] rgba = new float[4 * bitmap.Width * bitmap.Height];
        SKImageInfo floats = Floats(bitmap.Width, bitmap.Height);
        fixed (float* start = rgba)
        {
            using SKPixmap source = bitmap.PeekPixels();
            Assert.True(source.ReadPixels(floats, (nint)start, floats.RowBytes), $"Skia can't read {bitmap.ColorType}");
        }

        return rgba;
    }

    /// <summary>The bytes of a bitmap, without gaps.</summary>
    internal static byte[] Bytes(SKBitmap bitmap)
    {
        int row = bitmap.Width * bitmap.BytesPerPixel;
        byte[] all = bitmap.Bytes;
        return [.. Enumerable.Range(0, bitmap.Height).SelectMany(y => all[(y * bitmap.RowBytes)..(y * bitmap.RowBytes + row)])];
    }

    /// <summary>The largest difference between pixels whose alpha isn't 0, in some channels.</summary>
    internal static int Difference(PixelImage expected, PixelImage actual, string channels = "rgb")
    {
        int largest = 0;
        for (int i = 0; i < expected.Bytes.Length; i += 4)
        {
            foreach (char channel in channels)
            {
                int at = i + "rgba".IndexOf(channel, StringComparison.Ordinal);
                if (expected.Bytes[i + 3] != 0)
                    largest = Math.Max(largest, Math.Abs(expected.Bytes[at] - actual.Bytes[at]));
            }
        }

        return largest;
    }

    /// <summary>Options for comparing results of pictures that differ by rounding. With a random network, whitening and the deeper levels,
    /// which see only a few pixels here, amplify a difference of 1 to more than 100.</summary>
    internal static StylizeOptions Robust { get; } = new() { Transform = FeatureTransform.AdaIn, Levels = [1] };

    internal static StyleTransfer Transfer() => new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });

    private static SKImageInfo Floats(int width, int height) =>
        new(width, height, SKColorType.RgbaF32, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb());

    private static SKImageInfo Straight(int width, int height) =>
        new(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb());
}
