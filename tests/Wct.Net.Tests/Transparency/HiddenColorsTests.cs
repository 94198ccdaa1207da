using Wct.Net.Transparency;

namespace Wct.Net.Tests.Transparency;

public class HiddenColorsTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 40 }, { 7, 3 }, { 16, 16 }, { 33, 65 }, { 150, 131 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void OnlyHiddenPixelsChangeAndOnlyVisibleOnesCount(int width, int height)
    {
        foreach (PixelImage image in (PixelImage[])[Cutout.Ellipse(width, height), Cutout.Holes(width, height, seed: 5)])
        {
            // Small pictures may have no hidden pixel; a picture of one pixel then has only a hidden one.
            image.Bytes[3] = 0;
            Visibility visibility = Visibility.Of(image)!;
            PixelImage other = Cutout.Recolored(image, 6);
            byte[] filled = [.. image.Bytes];
            HiddenColors.FillAll(visibility, filled);
            HiddenColors.FillAll(visibility, other.Bytes);
            Assert.Equal(filled, other.Bytes);
            for (int i = 0; i < filled.Length; i++)
                Assert.True(i % 4 < 3 && image.Bytes[i / 4 * 4 + 3] == 0 || filled[i] == image.Bytes[i], $"byte {i}");
        }
    }

    [Fact]
    public void BandsGiveTheSameBytes()
    {
        PixelImage image = Cutout.Ellipse(150, 131);
        Visibility visibility = Visibility.Of(image)!;
        byte[] expected = [.. image.Bytes];
        HiddenColors.FillAll(visibility, expected);
        HiddenColors colors = new(visibility);
        (int First, int Count)[] bands = [.. RowBands.Of(131, 16)];
        Assert.Equal(2, bands.Length);
        foreach ((int first, int count) in bands)
            colors.Add(first, count, image.Bytes.AsSpan(first * image.Stride));
        colors.Complete();
        foreach ((int first, int count) in bands.Reverse())
            colors.Fill(first, count, image.Bytes.AsSpan(first * image.Stride));
        Assert.Equal(expected, image.Bytes);
    }

    [Fact]
    public void OneVisibleColorFillsAllHiddenPixels()
    {
        PixelImage image = Cutout.Ellipse(90, 70);
        for (int i = 0; i < image.Bytes.Length; i += 4)
            (image.Bytes[i], image.Bytes[i + 1], image.Bytes[i + 2]) = image.Bytes[i + 3] > 0 ? ((byte)200, (byte)3, (byte)77)
                : ((byte)0, (byte)0, (byte)0);
        HiddenColors.FillAll(Visibility.Of(image)!, image.Bytes);
        for (int i = 0; i < image.Bytes.Length; i += 4)
            Assert.Equal([200, 3, 77], image.Bytes[i..(i + 3)]);
    }

    // A hole in a gradient is filled without steps that are larger than those of the gradient.
    [Fact]
    public void AHoleIsClosedSmoothly()
    {
        const int Side = 96;
        PixelImage image = new(Side, Side, PixelLayout.Rgba32);
        for (int i = 0; i < Side * Side; i++)
        {
            int y = i / Side, x = i % Side;
            bool hidden = Math.Abs(y - 48) < 20 && Math.Abs(x - 48) < 14;
            (image.Bytes[4 * i], image.Bytes[4 * i + 1], image.Bytes[4 * i + 2], image.Bytes[4 * i + 3]) =
                hidden ? ((byte)0, (byte)255, (byte)0, (byte)0) : ((byte)(2 * x), (byte)(2 * y), (byte)(x + y), (byte)255);
        }

        HiddenColors.FillAll(Visibility.Of(image)!, image.Bytes);
        for (int i = Side + 1; i < Side * Side; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                Assert.InRange(Math.Abs(image.Bytes[4 * i + c] - image.Bytes[4 * (i - 1) + c]), 0, i % Side == 0 ? 255 : 12);
                Assert.InRange(Math.Abs(image.Bytes[4 * i + c] - image.Bytes[4 * (i - Side) + c]), 0, 12);
            }
        }
    }

    [Fact]
    public void APictureWithoutVisiblePixelsBecomesGray()
    {
        PixelImage image = new(13, 9, PixelLayout.Rgba32);
        HiddenColors.FillAll(Visibility.Of(image)!, image.Bytes);
        Assert.All(Enumerable.Range(0, 13 * 9), i => Assert.Equal([128, 128, 128, 0], image.Bytes[(4 * i)..(4 * i + 4)]));
    }
}
