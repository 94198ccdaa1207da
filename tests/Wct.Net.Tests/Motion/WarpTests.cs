namespace Wct.Net.Tests.Motion;

public class WarpTests
{
    // A sum over all pixels with weights that fall linearly to 0 within one pixel, in double precision.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(7, 1)]
    [InlineData(13, 8)]
    public void MatchesTheSumOverAllPixels(int width, int height)
    {
        float[] vectors = [.. Samples.Numbers(2L * width * height, 1).Select(number => 4 * number)];
        if (vectors.Length > 8)
            (vectors[0], vectors[5], vectors[6]) = (float.NaN, 1e8f, -1e8f);
        float[] picture = Samples.Numbers(3L * width * height, 2), warped = new float[picture.Length], expected = new float[picture.Length];
        new FlowField(vectors, width, height).Warp(picture, 3, warped);
        for (int i = 0; i < width * height; i++)
        {
            (double u, double v) = (vectors[2 * i], vectors[2 * i + 1]);
            (u, v) = double.IsNaN(u) ? (0, 0) : (u, v);
            (double x, double y) = (Math.Clamp(i % width + u, 0, width - 1), Math.Clamp(i / width + v, 0, height - 1));
            for (int c = 0; c < 3; c++)
            {
                double sum = 0;
                for (int k = 0; k < width * height; k++)
                {
                    sum += Math.Max(0, 1 - Math.Abs(x - k % width)) * Math.Max(0, 1 - Math.Abs(y - k / width))
                        * picture[c * width * height + k];
                }

                expected[c * width * height + i] = (float)sum;
            }
        }

        Accuracy.Check<float>("warp", 1e-10, expected, warped);
    }

    [Fact]
    public void APictureIsWarpedLikeItsChannels()
    {
        PixelImage picture = Pictures.Textured(11, 6, format: PixelLayout.Bgr24);
        FlowField field = new([.. Samples.Numbers(2 * 11 * 6, 1).Select(number => 3 * number)], 11, 6);
        PixelImage rgb = picture.ToRgb(), warped = field.Warp(picture);
        float[] planes = [.. Enumerable.Range(0, 3 * 66).Select(i => (float)rgb.Bytes[i % 66 * 3 + i / 66])], expected = new float[3 * 66];
        field.Warp(planes, 3, expected);
        Assert.Equal(PixelLayout.Rgb24, warped.Layout);
        Assert.Equal(
            expected.Select(value => (byte)Math.Floor(value + 0.5f)),
            Enumerable.Range(0, 3 * 66).Select(i => warped.Bytes[i % 66 * 3 + i / 66]));
    }

    // The frame, made of the previous one, is exact wherever that shows the same.
    [Fact]
    public void AFrameIsTheWarpedPreviousOne()
    {
        PixelImage warped = new FlowField(MovingSquare.Flow(1, 0), MovingSquare.Width, MovingSquare.Height).Warp(MovingSquare.Frame(0));
        PixelImage frame = MovingSquare.Frame(1);
        Assert.Equal(0, MovingSquare.WarpingError(frame, 1, MovingSquare.Frame(0)));
        for (int i = 0; i < frame.Bytes.Length; i++)
        {
            (int x, int y) = (i / 3 % frame.Width, i / 3 / frame.Width);
            if (MovingSquare.IsShown(1, 0, x, y))
                Assert.Equal(frame.Bytes[i], warped.Bytes[i]);
        }
    }

    [Fact]
    public void ASmallerFieldHasShorterVectors()
    {
        // u = 8 + x and v = -4 everywhere, so linear resampling is exact inside.
        float[] vectors = new float[2 * 32 * 20];
        for (int i = 0; i < 32 * 20; i++)
            (vectors[2 * i], vectors[2 * i + 1]) = (8 + i % 32, -4);
        FlowField field = new(vectors, 32, 20);
        Assert.Same(field, field.Resize(32, 20));
        FlowField half = field.Resize(16, 5);
        Assert.Equal((16, 5), (half.Width, half.Height));
        for (int i = 0; i < 16 * 5; i++)
        {
            int x = i % 16;
            if (x is > 0 and < 15)
                Assert.Equal((8 + 2 * x + 0.5) / 2, half.Vectors[2 * i], 1e-5);
            Assert.Equal(-1, half.Vectors[2 * i + 1], 1e-6);
        }

        FlowField twice = field.Resize(64, 20);
        Assert.Equal(2 * (8 + 10.25), twice.Vectors[2 * 21], 1e-4);
        Assert.Equal(-4, twice.Vectors[2 * 21 + 1], 1e-5);
    }

    // The known half decides the vector; without one, it is unknown.
    [Fact]
    public void UnknownVectorsHaveNoPartInOthers()
    {
        float[] vectors = [.. Enumerable.Repeat(2f, 2 * 16 * 2)];
        for (int i = 0; i < 16 * 2; i++)
        {
            if (i % 16 < 6)
                vectors[2 * i] = float.NaN;
        }

        FlowField half = new FlowField(vectors, 16, 2).Resize(8, 1);
        float[] known = [.. Enumerable.Repeat(float.NaN, 2 * 3), .. Enumerable.Repeat(1f, 2 * 5)];
        Assert.Equal(known, half.Vectors.ToArray().Select(number => MathF.Round(number, 5)));
    }
}
