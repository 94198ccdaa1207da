using System.Collections.Concurrent;
using System.Security.Cryptography;
using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Converts pixels from the colors of an RGB profile to sRGB, a band at a time.</summary>
/// <param name="profile">The ICC profile of the pixels.</param>
/// <param name="layout">Their layout: RGB or RGBA.</param>
internal sealed class ProfileTransform(byte[] profile, PixelLayout layout) : IColorTransform
{
    // Little CMS sets up a transform for each band, which takes about a millisecond.
    private const int RowPixels = 1 << 12, BandPixels = 1 << 20;

    private const int MaxKnown = 256;

    // Whether profiles are that of sRGB, by their hash. Most files of an application have one of a few profiles.
    private static readonly ConcurrentDictionary<string, bool> Known = new();

    /// <summary>Whether a conversion of RGB changes no byte by more than 1.</summary>
    /// <exception cref="MagickException">The profile is damaged.</exception>
    internal static bool IsSrgb(byte[] profile)
    {
        string key = System.Convert.ToHexString(SHA256.HashData(profile));
        if (Known.TryGetValue(key, out bool known))
            return known;
        byte[] probe = Cube(), converted = [.. probe];
        new ProfileTransform(profile, PixelLayout.Rgb24).Apply(converted);
        bool same = probe.Zip(converted).All(pair => Math.Abs(pair.First - pair.Second) <= 1);
        if (Known.Count >= MaxKnown)
            Known.Clear();
        Known[key] = same;
        return same;
    }

    public void Apply(Span<byte> pixels)
    {
        int size = layout.BytesPerPixel();
        while (pixels.Length > 0)
        {
            int count = Math.Min(pixels.Length / size, BandPixels);
            // Whole rows first, then the rest as one row.
            int rows = Math.Max(1, count / RowPixels), width = count < RowPixels ? count : RowPixels;
            Span<byte> band = pixels[..(rows * width * size)];
            Convert(band, width, rows);
            pixels = pixels[band.Length..];
        }
    }

    public void Dispose()
    {
    }

    private void Convert(Span<byte> band, int width, int rows)
    {
        using MagickImage image = new();
        image.ReadPixels(
            band.ToArray(), new PixelReadSettings((uint)width, (uint)rows, StorageType.Char, PixelMappings.ToMagick(layout)));
        image.BlackPointCompensation = true;
        image.RenderingIntent = RenderingIntent.Relative;
        image.SetProfile(new ColorProfile(profile));
        image.TransformColorSpace(ColorProfiles.SRGB);
        using IUnsafePixelCollection<byte> converted = image.GetPixelsUnsafe();
        converted.ToByteArray(0, 0, (uint)width, (uint)rows, PixelMappings.FromMagick(layout))!.CopyTo(band);
    }

    private static byte[] Cube()
    {
        const int Side = 6, Step = 51;
        byte[] cube = new byte[Side * Side * Side * 3];
        for (int i = 0; i < cube.Length / 3; i++)
            (cube[3 * i], cube[(3 * i) + 1], cube[(3 * i) + 2]) =
                ((byte)(i % Side * Step), (byte)(i / Side % Side * Step), (byte)(i / Side / Side * Step));
        return cube;
    }
}
