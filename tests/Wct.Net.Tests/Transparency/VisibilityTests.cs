using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Transparency;

public class VisibilityTests
{
    [Fact]
    public void PicturesWithoutHiddenPixelsGiveNull()
    {
        Assert.Null(Visibility.Of(Pictures.Textured(20, 10)));
        Assert.Null(Visibility.Of(Pictures.Textured(20, 10, 1, PixelLayout.Gray8)));
        foreach (PixelLayout format in (PixelLayout[])[PixelLayout.Rgba32, PixelLayout.Bgra32, PixelLayout.RgbaPremultiplied,
            PixelLayout.BgraPremultiplied])
        {
            PixelImage image = Cutout.Opaque(20, 10, format);
            Assert.Null(Visibility.Of(image));
            // Alpha 1 is not hidden.
            image.Bytes[4 * 57 + 3] = 1;
            Assert.Null(Visibility.Of(image));
            image.Bytes[4 * 57 + 3] = 0;
            Visibility visibility = Visibility.Of(image)!;
            Assert.True(visibility.HasVisible && visibility.IsHidden(2, 17) && !visibility.IsHidden(2, 16));
            Assert.True(visibility.AnyHidden(2, 1) && !visibility.AnyHidden(0, 2) && !visibility.AnyHidden(3, 7));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(33, 2)]
    [InlineData(63, 20)]
    [InlineData(64, 16)]
    [InlineData(130, 19)]
    public void WeightsAreTheVisibleShareOfEachSquare(int width, int height)
    {
        PixelImage image = Cutout.Holes(width, height, seed: width);
        image.Bytes[3] = 0;
        Visibility visibility = Visibility.Of(image)!;
        int rows = (height + 15) / 16 * 16, columns = (width + 15) / 16 * 16;
        foreach (int factor in (int[])[1, 2, 4, 8, 16])
        {
            Area area = new(new Interval(rows / factor / 2, rows / factor), new Interval(columns / factor / 2, columns / factor));
            float[] weights = new float[area.Pixels];
            bool any = PixelShares.Of(visibility, mask: null)!.Weigh(area, factor, weights);
            Assert.Equal(weights.Any(weight => weight > 0), any);
            for (int i = 0; i < weights.Length; i++)
            {
                int y = area.Rows.First + i / area.Columns.Length, x = area.Columns.First + i % area.Columns.Length, count = 0;
                for (int k = 0; k < factor * factor; k++)
                {
                    int row = Reflection.Index(y * factor + k / factor, height), column = Reflection.Index(x * factor + k % factor, width);
                    count += image.Bytes[(row * width + column) * 4 + 3] > 0 ? 1 : 0;
                }

                Assert.Equal((float)count / (factor * factor), weights[i]);
            }
        }
    }

    [Fact]
    public void MasksAreReflectedBeyondThePicture()
    {
        StyleMask mask = new([1, 2, 3, 4, 5, 6], 3, 2);
        PixelShares shares = PixelShares.Of(visibility: null, mask)!;
        float[] weights = new float[4];
        // Wholly to the right of the picture, and below it.
        Assert.True(shares.Weigh(new Area(new Interval(1, 2), new Interval(4, 8)), 1, weights));
        Assert.Equal([4 / 255f, 5 / 255f, 6 / 255f, 5 / 255f], weights);
        Assert.True(shares.Weigh(new Area(new Interval(2, 4), new Interval(3, 5)), 1, weights));
        Assert.Equal([2 / 255f, 1 / 255f, 5 / 255f, 4 / 255f], weights);
    }

    [Fact]
    public void RowsMayComeInBands()
    {
        PixelImage image = Cutout.Holes(70, 50, seed: 3);
        Visibility whole = Visibility.Of(image)!, bands = new(70, 50);
        foreach ((int first, int count) in new[] { (0, 7), (7, 30), (37, 13) })
            bands.Add(first, count, image.Bytes.AsSpan(first * image.Stride), image.Stride);
        for (int i = 0; i < 70 * 50; i++)
            Assert.Equal(whole.IsHidden(i / 70, i % 70), bands.IsHidden(i / 70, i % 70));
    }
}
