using Wct.Kernels;
using Wct.Net.Photo;

namespace Wct.Net.Tests.Photo;

public class PhotoFilterTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(1, 9, 2)]
    [InlineData(9, 1, 2)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 2, 1000)]
    [InlineData(33, 17, 1)]
    [InlineData(17, 33, 4)]
    [InlineData(40, 31, 7)]
    [InlineData(12, 30, 13)]
    public void AgreesWithPlainLoops(int width, int height, int radius)
    {
        byte[] content = Pictures.Textured(width, height).Bytes;
        float[] stylized = PhotoPictures.Noise(width, height, seed: 2);
        foreach ((double epsilon, double detail) in new[] { (1e-3, 1), (1e-3, 0), (1e-5, 2.5), (0.1, 4) })
        {
            PhotoOptions options = new() { Radius = radius, Epsilon = epsilon, Detail = detail };
            float[] result = PhotoPictures.Filter(options, content, stylized, width, height);
            double[] expected = PlainPhoto.Filter(content, stylized, width, radius, epsilon, detail);
            // Colors are rounded to 2^-22. A slope multiplies that by up to 1 / (4·√ε).
            double limit = 1e-6 * Math.Max(1, 0.03 / Math.Sqrt(epsilon));
            for (int i = 0; i < result.Length; i++)
                Assert.True(Math.Abs(expected[i] - result[i]) < limit, $"{expected[i]} and {result[i]} at {i}");
        }
    }

    [Fact]
    public void TheLargestRadiusAgreesWithPlainLoops()
    {
        const int Width = 1, Height = 1100;
        byte[] content = Pictures.Textured(Width, Height).Bytes;
        float[] stylized = PhotoPictures.Noise(Width, Height, seed: 2);
        float[] result = PhotoPictures.Filter(new PhotoOptions { Radius = 1000, Epsilon = 1e-3 }, content, stylized, Width, Height);
        double[] expected = PlainPhoto.Filter(content, stylized, Width, 1000, 1e-3, 1);
        for (int i = 0; i < result.Length; i++)
            Assert.Equal(expected[i], result[i], 3e-6);
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(1, 40, 3)]
    [InlineData(21, 150, null)]
    [InlineData(300, 70, 9)]
    [InlineData(5, 200, 1000)]
    public void BandsAndThreadsChangeNoBit(int width, int height, int? radius)
    {
        byte[] content = Pictures.Noise(width, height, seed: 4).Bytes;
        float[] stylized = PhotoPictures.Noise(width, height, seed: 2);
        PhotoOptions options = new() { Radius = radius };
        float[] whole = PhotoPictures.Filter(options, content, stylized, width, height);
        foreach (int rows in (int[])[1, 7, 64, 97])
            Assert.Equal(whole, PhotoPictures.Filter(options, content, stylized, width, rows));
        Assert.Equal(whole, PhotoPictures.Filter(options, content, stylized, width, height, (tasks, work) => Parallel.For(0, tasks, work)));
    }

    // All sums are as large as they can be.
    [Fact]
    public void BandsOfWhiteChangeNoBit()
    {
        byte[] content = Pictures.Constant(8, 2200, 255).Bytes;
        float[] stylized = [.. Enumerable.Repeat(1f, 3 * 8 * 2200)];
        content[3 * 8 * 1100] = 254;
        PhotoOptions options = new() { Radius = 1000 };
        float[] whole = PhotoPictures.Filter(options, content, stylized, 8, 2200);
        Assert.Equal(whole, PhotoPictures.Filter(options, content, stylized, 8, 551));
        Assert.All(whole, value => Assert.Equal(1, value, 0.002));
    }

    [Fact]
    public void TheRunnerMayRunTasksInAnyOrder()
    {
        byte[] content = Pictures.Noise(20, 400, seed: 4).Bytes;
        float[] stylized = PhotoPictures.Noise(20, 400, seed: 2);
        PhotoOptions options = new() { Radius = 5 };
        int most = 0;
        float[] backward = PhotoPictures.Filter(options, content, stylized, 20, 400, (tasks, work) =>
        {
            most = Math.Max(most, tasks);
            for (int task = tasks; task-- > 0;)
                work(task);
        });
        Assert.Equal(PhotoPictures.Filter(options, content, stylized, 20, 400), backward);
        Assert.True(most > 1, $"{most} tasks");
    }

    [Fact]
    public void AGrayContentFilteredByItselfStaysTheSame()
    {
        byte[] gray = [.. Pictures.Textured(60, 50).Bytes.Chunk(3).SelectMany(rgb => new[] { rgb[0], rgb[0], rgb[0] })];
        float[] planes = PhotoPictures.Planes(new PixelImage(gray, 60, 50, 180, PixelLayout.Rgb24));
        float[] result = PhotoPictures.Filter(new PhotoOptions(), gray, planes, 60, 50);
        for (int i = 0; i < planes.Length; i++)
            Assert.Equal(planes[i], result[i], 1e-6f);
    }

    // The stylized picture is blurred, and its edge lies three columns to the right.
    [Fact]
    public void AnEdgeIsWhereTheContentHasIt()
    {
        const int Width = 60, Height = 40, Edge = 25;
        byte[] content = new byte[3 * Width * Height];
        float[] stylized = new float[content.Length];
        for (int i = 0; i < Width * Height; i++)
        {
            content.AsSpan(3 * i, 3).Fill((byte)(i % Width < Edge ? 60 : 190));
            for (int c = 0; c < 3; c++)
                stylized[c * Width * Height + i] = (float)Math.Clamp(0.5 + (i % Width - Edge - 3) / 20.0, 0.2, 0.8);
        }

        float[] result = PhotoPictures.Filter(new PhotoOptions { Radius = 8 }, content, stylized, Width, Height);
        for (int y = 0; y < 3 * Height; y++)
        {
            float[] row = result[(y * Width)..((y + 1) * Width)];
            int steepest = Enumerable.Range(1, Width - 1).MaxBy(x => row[x] - row[x - 1]);
            Assert.Equal(Edge, steepest);
            Assert.True(row[Edge] - row[Edge - 1] > 0.25, $"{row[Edge - 1]} to {row[Edge]}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void AContentOfOneColorGivesTheMean(byte value)
    {
        const int Width = 9, Height = 7;
        float[] stylized = PhotoPictures.Noise(Width, Height, seed: 2);
        byte[] content = Pictures.Constant(Width, Height, value).Bytes;
        float[] result = PhotoPictures.Filter(new PhotoOptions { Radius = 100, Epsilon = 1e-300 }, content, stylized, Width, Height);
        for (int i = 0; i < result.Length; i++)
            Assert.Equal(stylized.Skip(i / 63 * 63).Take(63).Average(), result[i], 1e-5f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(3, 2)]
    [InlineData(50, 20)]
    public void ResultsAreColors(int width, int height)
    {
        float[] stylized = PhotoPictures.Noise(width, height, seed: 2);
        (stylized[0], stylized[1], stylized[2]) = (float.NaN, float.PositiveInfinity, -5);
        PixelImage[] contents =
            [Pictures.Constant(width, height, 0), Pictures.Constant(width, height, 255), Pictures.Noise(width, height, seed: 1)];
        foreach (PixelImage content in contents)
        {
            foreach (double epsilon in (double[])[double.Epsilon, 1e-9, 1, 1e300])
            {
                PhotoOptions options = new() { Epsilon = epsilon, Detail = 4 };
                float[] result = PhotoPictures.Filter(options, content.Bytes, stylized, width, height);
                Assert.All(result, value => Assert.InRange(value, 0, 1));
            }
        }
    }

    [Fact]
    public void RowsBeyondTheReachHaveNoInfluence()
    {
        const int Width = 12, Height = 60, Row = 30;
        PhotoOptions options = new() { Radius = 3 };
        Assert.Equal(6, new PhotoFilter(options, Width, Height).Reach);
        byte[] content = Pictures.Noise(Width, Height, seed: 4).Bytes;
        float[] stylized = PhotoPictures.Noise(Width, Height, seed: 2);
        float[] before = RowOf(PhotoPictures.Filter(options, content, stylized, Width, Height));
        stylized.AsSpan(0, Width * (Row - 6)).Clear();
        content.AsSpan(3 * Width * (Row + 7)).Clear();
        Assert.Equal(before, RowOf(PhotoPictures.Filter(options, content, stylized, Width, Height)));
        content.AsSpan(3 * Width * (Row + 6)).Clear();
        Assert.NotEqual(before, RowOf(PhotoPictures.Filter(options, content, stylized, Width, Height)));

        static float[] RowOf(float[] planes) => planes[(Row * Width)..((Row + 1) * Width)];
    }

    [Theory]
    [InlineData(10, 1000, 4)]
    [InlineData(512, 640, 20)]
    [InlineData(6000, 4000, 160)]
    public void TheDefaultRadiusIsATwentyFifthOfTheShorterSide(int width, int height, int radius)
    {
        Assert.Equal(radius, PhotoFilter.DefaultRadius(width, height));
        byte[] content = Pictures.Noise(50, 250, seed: 4).Bytes;
        float[] stylized = PhotoPictures.Noise(50, 250, seed: 2);
        Assert.Equal(
            PhotoPictures.Filter(new PhotoOptions { Radius = 4 }, content, stylized, 50, 250),
            PhotoPictures.Filter(new PhotoOptions(), content, stylized, 50, 250));
    }

    [Fact]
    public void StridesAndPlanesAreKept()
    {
        const int Width = 5, Height = 6, Stride = 8, Plane = 60;
        byte[] content = Pictures.Noise(Width, Height, seed: 4).Bytes;
        float[] dense = PhotoPictures.Noise(Width, Height, seed: 2), stylized = new float[3 * Plane], result = new float[3 * Plane];
        Array.Fill(stylized, float.NaN);
        Array.Fill(result, 7);
        for (int i = 0; i < dense.Length; i++)
            stylized[At(i)] = dense[i];
        PhotoBand band = new()
        {
            First = 0,
            Count = Height,
            FirstInput = 0,
            Content = content,
            Stylized = stylized,
            StylizedStride = Stride,
            StylizedPlane = Plane,
            Result = result,
            ResultStride = Stride,
            ResultPlane = Plane,
        };
        new PhotoFilter(new PhotoOptions(), Width, Height).Run(band, PhotoPictures.OneByOne);
        float[] expected = PhotoPictures.Filter(new PhotoOptions(), content, dense, Width, Height);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result[At(i)]);
            result[At(i)] = 7;
        }

        Assert.All(result, value => Assert.Equal(7, value));

        static int At(int i) => i / (Width * Height) * Plane + i % (Width * Height) / Width * Stride + i % Width;
    }
}
