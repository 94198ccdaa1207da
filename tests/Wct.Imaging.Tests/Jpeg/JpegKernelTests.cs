using Wct.Imaging.Jpeg.Decoding;
using Wct.Imaging.Jpeg.Encoding;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Compares the fast inner loops with their scalar twins, and those with the formulas.</summary>
public class JpegKernelTests
{
    public static TheoryData<int> Widths() => [1, 2, 3, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 34, 47, 48, 49, 100];

    [Theory]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(32767)]
    public void Inverse_transform_equals_its_reference(int range)
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            short[] coefficients = new short[64];
            short[] quantization = new short[64];
            for (int i = 0; i < 64; i++)
            {
                coefficients[i] = (short)(random.Next(3) == 0 && (i < 8 || seed % 5 != 0) ? random.Next(-range, range + 1) : 0);
                quantization[i] = (short)random.Next(1, range == 32767 ? 65536 : 256);
            }

            byte[] expected = new byte[7 * 11 + 8], actual = new byte[expected.Length];
            InverseDct.Reference(coefficients, quantization, expected, 11);
            InverseDct.Transform(coefficients, quantization, actual, 11);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"seed {seed}");
        }
    }

    [Fact]
    public void Inverse_transform_of_a_flat_block_equals_its_reference()
    {
        byte[] expected = new byte[64], actual = new byte[64];
        for (int dc = -32768; dc <= 32767; dc += 7)
        {
            short[] coefficients = [(short)dc, .. new short[63]];
            InverseDct.Reference(coefficients, [.. Enumerable.Repeat((short)3, 64)], expected, 8);
            InverseDct.TransformFlat((short)dc, 3, actual, 8);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"dc {dc}");
        }
    }

    [Fact]
    public void Transforms_agree_with_the_formula()
    {
        short[] ones = [.. Enumerable.Repeat((short)1, 64)];
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            byte[] samples = [.. Enumerable.Range(0, 64).Select(_ => (byte)random.Next(256))];
            double[] exact = Cosines(samples);
            int[] block = [.. samples.Select(sample => sample - 128)];
            ForwardDct.Transform(block);
            for (int i = 0; i < 64; i++)
                Assert.InRange(block[i] / 8.0, exact[i] - 0.3, exact[i] + 0.3);

            // Rounding the coefficients changes samples by at most this much.
            byte[] back = new byte[64];
            InverseDct.Reference([.. exact.Select(value => (short)Math.Round(value))], ones, back, 8);
            for (int i = 0; i < 64; i++)
                Assert.InRange(back[i], samples[i] - 2, samples[i] + 2);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Triangle_filters_equal_their_references(int width)
    {
        Random random = new(width);
        byte[] near = new byte[width], far = new byte[width], expected = new byte[2 * width], actual = new byte[2 * width];
        ushort[] expectedSums = new ushort[width], actualSums = new ushort[width];
        random.NextBytes(near);
        random.NextBytes(far);

        TriangleFilter.WidenReference(near, expectedSums);
        TriangleFilter.Widen(near, actualSums);
        Assert.Equal(expectedSums, actualSums);
        TriangleFilter.ColumnsReference(near, far, expectedSums);
        TriangleFilter.Columns(near, far, actualSums);
        Assert.Equal(expectedSums, actualSums);
        TriangleFilter.DoubleWidthReference(expectedSums, expected, 8, 7, 4, 0, width);
        TriangleFilter.DoubleWidth(expectedSums, actual, 8, 7, 4);
        Assert.Equal(expected, actual);
        TriangleFilter.QuarterReference(expectedSums, expected.AsSpan(0, width), 1);
        TriangleFilter.Quarter(expectedSums, actual.AsSpan(0, width), 1);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Color_conversions_equal_their_references(int width)
    {
        Random random = new(width);
        byte[][] planes = [new byte[width], new byte[width], new byte[width]];
        foreach (byte[] plane in planes)
            random.NextBytes(plane);
        byte[] expected = new byte[3 * width], actual = new byte[3 * width];
        YCbCrConversion.FromYCbCrReference(planes[0], planes[1], planes[2], expected);
        YCbCrConversion.FromYCbCr(planes[0], planes[1], planes[2], actual);
        Assert.Equal(expected, actual);
        YCbCrConversion.FromRgbReference(planes[0], planes[1], planes[2], expected);
        YCbCrConversion.FromRgb(planes[0], planes[1], planes[2], actual);
        Assert.Equal(expected, actual);
    }

    // The formula of ITU T.81, A.3.3.
    private static double[] Cosines(byte[] samples)
    {
        double[] coefficients = new double[64];
        for (int i = 0; i < 64; i++)
        {
            (int v, int u) = (i / 8, i % 8);
            double sum = 0;
            for (int j = 0; j < 64; j++)
            {
                (int y, int x) = (j / 8, j % 8);
                sum += (samples[j] - 128) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
            }

            coefficients[i] = sum / 4 * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1);
        }

        return coefficients;
    }
}
