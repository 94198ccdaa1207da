using System.Numerics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.ImageSharp.Tests;

/// <summary>Makes images, and reads them pixel by pixel.</summary>
internal static class Images
{
    internal const int Width = 24, Height = 19;

    internal static readonly WctModel Model = RandomModel.Create([8, 12, 16, 20], seed: 3);

    /// <summary>Random colors with more than 8 bits. Some pixels are hidden, some half transparent.</summary>
    internal static Image<TPixel> Make<TPixel>(int seed = 1, int width = Width, int height = Height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Random random = new(seed);
        Image<TPixel> image = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float alpha = (x % 24) switch { < 3 => 0, < 9 => 0.5f + 0.4f * random.NextSingle(), _ => 1 };
                // A mean that varies, so that levels have something to encode.
                float wave = 0.5f + 0.3f * MathF.Sin(x * 0.3f + y * 0.2f + seed);
                TPixel pixel = default;
                pixel.FromScaledVector4(new Vector4(
                    wave, 0.8f * wave + 0.2f * random.NextSingle(), random.NextSingle(), alpha));
                image[x, y] = pixel;
            }
        }

        return image;
    }

    /// <summary>Converts each pixel by itself.</summary>
    internal static PixelImage Read<TPixel>(ImageFrame<TPixel> frame)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PixelImage rgba = new(frame.Width, frame.Height, PixelLayout.Rgba32);
        for (int i = 0; i < frame.Width * frame.Height; i++)
        {
            Rgba32 color = default;
            frame[i % frame.Width, i / frame.Width].ToRgba32(ref color);
            (rgba.Bytes[4 * i], rgba.Bytes[4 * i + 1], rgba.Bytes[4 * i + 2], rgba.Bytes[4 * i + 3]) = (color.R, color.G, color.B, color.A);
        }

        return rgba;
    }

    internal static PixelImage Read<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel> => Read(image.Frames.RootFrame);

    /// <summary>The bytes of all frames.</summary>
    internal static byte[][] All<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel> =>
        [.. Enumerable.Range(0, image.Frames.Count).Select(i => Read(image.Frames[i]).Bytes)];

    internal static StyleTransfer Transfer() => new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
}
