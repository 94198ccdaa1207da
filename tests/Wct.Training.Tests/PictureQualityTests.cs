using Wct.Imaging;
using Wct.Training.Evaluation;

namespace Wct.Training.Tests;

public class PictureQualityTests
{
    [Fact]
    public void EqualPicturesHaveNoError()
    {
        PixelImage picture = TrainingPictures.Draw(20, 15, 1);
        Assert.Equal(double.PositiveInfinity, PictureQuality.Psnr(picture, picture));
        Assert.Equal(1, PictureQuality.Ssim(picture, picture), 1e-12);
    }

    [Fact]
    public void ErrorsHaveKnownValues()
    {
        // All bytes differ by 5, so the PSNR is 20·log10(255 / 5). For two flat pictures only the luminance term of the SSIM differs from
        // 1.
        PixelImage dark = new(16, 16, PixelLayout.Rgb24), light = new(16, 16, PixelLayout.Rgb24);
        dark.Bytes.AsSpan().Fill(100);
        light.Bytes.AsSpan().Fill(105);
        Assert.Equal(34.1514, PictureQuality.Psnr(dark, light), 1e-4);
        Assert.Equal((2 * 100 * 105 + 6.5025) / (100 * 100 + 105 * 105 + 6.5025), PictureQuality.Ssim(dark, light), 1e-9);
    }

    [Fact]
    public void DifferentSizesAreRefused() => Assert.Contains(
        "'actual' is 16x12",
        Assert.Throws<ArgumentException>(
            () => PictureQuality.Psnr(TrainingPictures.Draw(20, 15, 1), TrainingPictures.Draw(16, 12, 1))).Message);
}
