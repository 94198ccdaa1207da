using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

/// <summary>Stylizes bitmaps of every color type that Skia knows.</summary>
public sealed class ColorTypeTests(ITestOutputHelper output)
{
    private static readonly SKColorType[] OnlyAlpha = [SKColorType.Alpha8, SKColorType.Alpha16, SKColorType.AlphaF16];

    // Types that store fewer than 8 bits, and by how much a stored byte may differ from the computed one.
    private static readonly Dictionary<SKColorType, int> Coarse = new()
    {
        [SKColorType.Rgb565] = 5,
        [SKColorType.Argb4444] = 12,
    };

    private static readonly Dictionary<SKColorType, string> Channels = new()
    {
        [SKColorType.R8Unorm] = "r",
        [SKColorType.R16Unorm] = "r",
        [SKColorType.RF16] = "r",
        [SKColorType.Rg88] = "rg",
        [SKColorType.Rg1616] = "rg",
        [SKColorType.RgF16] = "rg",
    };

    public static TheoryData<SKColorType, SKAlphaType> Types
    {
        get
        {
            TheoryData<SKColorType, SKAlphaType> data = new();
            foreach (SKColorType type in Enum.GetValues<SKColorType>().Where(type => type != SKColorType.Unknown))
            {
                foreach (SKAlphaType alpha in new[] { SKAlphaType.Opaque, SKAlphaType.Premul, SKAlphaType.Unpremul })
                {
                    if (type.GetAlphaType(alpha) == alpha)
                        data.Add(type, alpha);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryColorTypeIsStylizedOrNamed(SKColorType type, SKAlphaType alpha)
    {
        using StyleTransfer transfer = Bitmaps.Transfer();
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        PixelImage picture = alpha == SKAlphaType.Opaque ? Bitmaps.Opaque() : Bitmaps.Picture();
        using SKBitmap? bitmap = Bitmaps.Make(picture, type, alpha);
        if (bitmap is null)
        {
            // Skia has the name, but no conversion to it. If such a bitmap can be allocated, the error names its type.
            using SKBitmap unread = new();
            if (unread.TryAllocPixels(new SKImageInfo(4, 4, type, alpha)))
                Names(type, Assert.ThrowsAny<Exception>(() => unread.Stylize(transfer, style)));
            output.WriteLine($"{type} {alpha}: Skia can't make it");
            return;
        }

        if (OnlyAlpha.Contains(type))
        {
            Names(type, Assert.Throws<ArgumentException>(() => bitmap.Stylize(transfer, style)));
            Names(type, Assert.Throws<ArgumentException>(() => transfer.PrepareStyle(bitmap)));
            return;
        }

        using SKBitmap styled = bitmap.Stylize(transfer, style, Bitmaps.Robust);
        Assert.Equal(
            (bitmap.Width, bitmap.Height, type, alpha), (styled.Width, styled.Height, styled.ColorType, styled.AlphaType));
        // What the bitmap really holds, stylized by the library.
        PixelImage content = Bitmaps.Read(bitmap), expected = transfer.Stylize(content, style, Bitmaps.Robust),
            actual = Bitmaps.Read(styled);
        Assert.Equal(Alphas(content), Alphas(actual));
        if (type == SKColorType.Gray8)
            expected = Gray(expected);
        int difference = Bitmaps.Difference(expected, actual, Channels.GetValueOrDefault(type, "rgb"));
        // Skia and the library divide by alpha with roundings that differ by up to 1, which the style amplifies: 5 were measured.
        int limit = Coarse.GetValueOrDefault(type, 2) + (alpha == SKAlphaType.Premul ? 4 : 0);
        output.WriteLine($"{type} {alpha}: up to {difference} per byte apart");
        Assert.InRange(difference, 0, limit);
        Assert.True(Bitmaps.Difference(content, actual, Channels.GetValueOrDefault(type, "rgb")) > 30, "not stylized");
    }

    [Fact]
    public void TheUsualColorTypesAreAmongThem()
    {
        SKColorType[] usual =
        [
            SKColorType.Bgra8888, SKColorType.Rgba8888, SKColorType.Rgb888x, SKColorType.Gray8, SKColorType.Rgb565, SKColorType.Argb4444,
            SKColorType.RgbaF16, SKColorType.RgbaF16Clamped, SKColorType.RgbaF32, SKColorType.Rgba1010102, SKColorType.Bgra1010102,
            SKColorType.Rgba16161616,
        ];
        Assert.All(usual, type => Bitmaps.Need(Bitmaps.Opaque(), type, SKAlphaType.Opaque).Dispose());
        SKColorType[] transparent =
        [
            SKColorType.Bgra8888, SKColorType.Rgba8888, SKColorType.Argb4444, SKColorType.RgbaF16, SKColorType.RgbaF16Clamped,
            SKColorType.RgbaF32, SKColorType.Rgba1010102, SKColorType.Bgra1010102, SKColorType.Rgba16161616,
        ];
        Assert.All(transparent, type =>
        {
            Bitmaps.Need(Bitmaps.Picture(), type, SKAlphaType.Premul).Dispose();
            Bitmaps.Need(Bitmaps.Picture(), type, SKAlphaType.Unpremul).Dispose();
        });
    }

    private static void Names(SKColorType type, Exception error)
    {
        Assert.Contains(type.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] Alphas(PixelImage image) => [.. image.Bytes.Where((_, i) => i % 4 == 3)];

    // Skia's weights: ITU-R BT.709.
    private static PixelImage Gray(PixelImage rgba)
    {
        PixelImage gray = new(rgba.Width, rgba.Height, PixelLayout.Rgba32);
        for (int i = 0; i < rgba.Bytes.Length; i += 4)
        {
            byte value = (byte)Math.Round(0.2126 * rgba.Bytes[i] + 0.7152 * rgba.Bytes[i + 1] + 0.0722 * rgba.Bytes[i + 2]);
            gray.Bytes.AsSpan(i, 3).Fill(value);
            gray.Bytes[i + 3] = 255;
        }

        return gray;
    }
}
