namespace Wct.Net.Tests.Regions;

public class StyleMaskTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 1, 4000 }, { 9, 1, 2 }, { 1, 9, 3 }, { 40, 31, 1 }, { 40, 31, 7 }, { 40, 31, 8 }, { 40, 31, 90 },
        { 300, 2, 4000 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void FeatheredMasksThatAddUpToOneStillDo(int width, int height, int pixels)
    {
        Random random = new(1);
        StyleMask first = Masks.Of(width, height, (x, y) => random.Next(256)), second = Masks.Rest(first);
        byte[] sums = [.. first.Feather(pixels).Shares.ToArray().Zip(second.Feather(pixels).Shares.ToArray(), (a, b) => (byte)(a + b))];
        Assert.All(sums, sum => Assert.Equal(255, sum));
        foreach (byte share in (byte[])[0, 1, 254, 255])
        {
            StyleMask even = Masks.Even(width, height, share);
            Assert.Equal(even.Shares, even.Feather(pixels).Shares);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void AnEdgeBecomesARampOfThatReach(int pixels)
    {
        const int Width = 60, Edge = 30;
        StyleMask soft = Masks.Of(Width, 20, (x, _) => x < Edge ? 255 : 0).Feather(pixels);
        for (int y = 0; y < 20; y++)
        {
            byte[] row = soft.Shares.Slice(y * Width, Width).ToArray();
            Assert.Equal(row, soft.Shares[..Width]);
            for (int x = 0; x < Width; x++)
            {
                // A pixel's distance from the edge is to its far side.
                if (x < Edge - pixels || x >= Edge + pixels)
                    Assert.Equal(x < Edge ? 255 : 0, row[x]);
                else
                    Assert.InRange(row[x], 1, 254);
                Assert.True(x == 0 || row[x] <= row[x - 1]);
            }
        }
    }

    // Each row, then each column, is averaged twice; pixels beyond the border repeat it.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void FeatheringIsTwoAveragesInEachDirection(int pixels)
    {
        const int Width = 13, Height = 9;
        StyleMask mask = Masks.Of(Width, Height, (x, y) => x * 37 * y % 256);
        double[] expected = Array.ConvertAll(mask.Shares.ToArray(), share => (double)share);
        foreach (int radius in (int[])[pixels - pixels / 2, pixels / 2])
        {
            expected = Averaged(expected, (p, i) => p / Width * Width + Math.Clamp(p % Width + i, 0, Width - 1), radius);
            expected = Averaged(expected, (p, i) => Math.Clamp(p / Width + i, 0, Height - 1) * Width + p % Width, radius);
        }

        byte[] actual = mask.Feather(pixels).Shares.ToArray();
        for (int p = 0; p < actual.Length; p++)
            Assert.InRange(actual[p] - expected[p], -0.500001, 0.500001);
    }

    [Fact]
    public void FeatheringByNothingChangesNothing()
    {
        StyleMask mask = Masks.Of(8, 8, (x, y) => x * y);
        Assert.Same(mask, mask.Feather(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mask.Feather(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mask.Feather(4001));
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Bgra32)]
    [InlineData(PixelLayout.Rgba32)]
    public void ALabelIsAColorInAnyLayout(PixelLayout layout)
    {
        const int Width = 5, Height = 4;
        int size = layout.BytesPerPixel(), stride = Width * size + 3;
        byte[] bytes = new byte[stride * Height];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                (byte red, byte blue) = (x + y) % 2 == 0 ? ((byte)200, (byte)10) : ((byte)10, (byte)200);
                Span<byte> pixel = bytes.AsSpan(y * stride + x * size, size);
                (pixel[0], pixel[1], pixel[2]) = layout == PixelLayout.Bgra32 ? (blue, (byte)30, red) : (red, (byte)30, blue);
                if (size == 4)
                    pixel[3] = (byte)x;
            }
        }

        StyleMask mask = StyleMask.OfLabel(new Pixels(bytes, Width, Height, stride, layout), 200, 30, 10);
        Assert.Equal((Width, Height), (mask.Width, mask.Height));
        Assert.Equal(Masks.Of(Width, Height, (x, y) => (x + y) % 2 == 0 ? 255 : 0).Shares, mask.Shares);
    }

    [Fact]
    public void AMaskIsACopyOfItsRows()
    {
        byte[] shares = [1, 2, 9, 3, 4];
        StyleMask mask = new(shares, 2, 2, 3);
        shares[0] = 7;
        Assert.Equal([1, 2, 3, 4], mask.Shares.ToArray());
        Assert.Throws<ArgumentException>(() => new StyleMask(shares, 2, 2, 1));
        Assert.Throws<ArgumentException>(() => new StyleMask(shares, 2, 3));
        Assert.Throws<ArgumentException>(() => new StyleMask(shares, 0, 3));
    }

    private static double[] Averaged(double[] values, Func<int, int, int> at, int radius) =>
        [.. values.Select((_, p) => Enumerable.Range(-radius, 2 * radius + 1).Average(i => values[at(p, i)]))];
}
