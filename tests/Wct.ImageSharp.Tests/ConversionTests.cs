using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Wct.Net;

namespace Wct.ImageSharp.Tests;

public class ConversionTests
{
    [Fact]
    public void ImagesAndPicturesOfTheLibraryAreConverted()
    {
        foreach (PixelLayout layout in Enum.GetValues<PixelLayout>())
        {
            PixelImage picture = Pictures.Noise(13, 11, 1, layout);
            // Premultiplied colors are never larger than alpha.
            for (int i = 0; layout.IsPremultiplied() && i < picture.Bytes.Length; i++)
                picture.Bytes[i] = Math.Min(picture.Bytes[i], picture.Bytes[i | 3]);
            using Image image = picture.ToImage();
            PixelImage back = image.ToPixelImage();
            Assert.Equal(picture.ToRgb().Bytes, back.ToRgb().Bytes);
            if (!layout.IsPremultiplied())
            {
                Assert.Equal(layout, back.Layout);
                Assert.Equal(picture.Bytes, back.Bytes);
            }
        }
    }

    [Fact]
    public void MasksAreReadFromGrayOrAlpha()
    {
        using Image<L8> gray = Images.Make<L8>();
        using Image<L16> fine = Images.Make<L16>();
        using Image<A8> alpha = Images.Make<A8>();
        byte[] grays = gray.ToPixelImage().Bytes;
        Assert.Equal(grays, gray.ToStyleMask().Shares.ToArray());
        Assert.Equal(grays, fine.ToStyleMask().Shares.ToArray().Select((share, i) => Math.Abs(share - grays[i]) <= 1 ? grays[i] : share));
        StyleMask mask = alpha.ToStyleMask();
        Assert.Equal((Images.Width, Images.Height), (mask.Width, mask.Height));
        for (int i = 0; i < mask.Shares.Length; i++)
            Assert.Equal(alpha[i % Images.Width, i / Images.Width].PackedValue, mask.Shares[i]);
        using Image<Rgba32> colors = Images.Make<Rgba32>();
        Assert.StartsWith(
            "The image's pixel type is Rgba32; a mask is gray (L8, L16) or alpha only (A8).",
            Assert.Throws<ArgumentException>(() => colors.ToStyleMask()).Message);
    }
}
