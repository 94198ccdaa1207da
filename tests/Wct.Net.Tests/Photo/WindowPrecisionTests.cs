using Wct.Net.Photo;

namespace Wct.Net.Tests.Photo;

public class WindowPrecisionTests
{
    [Theory]
    [InlineData(1, 22)]
    [InlineData(441, 22)]
    [InlineData(161 * 161, 19)]
    [InlineData(2001 * 2001, 15)]
    public void SumsOfProductsAreExact(long pixels, int bits)
    {
        WindowPrecision precision = new(pixels);
        Assert.Equal(bits, precision.ColorBits);
        // The sum of as many products of the largest color below 1 as a window has, without one step.
        double color = 1 - double.ScaleB(1, -bits), step = double.ScaleB(1, -2 * bits), sum = pixels * color * color;
        Assert.True(sum + step > sum && sum + step - step == sum, $"{pixels} pixels");
        Assert.Equal(pixels, double.ScaleB(double.ScaleB(pixels, 2 * bits), -2 * bits));
        Assert.True(pixels <= double.ScaleB(1, 53 - 2 * bits), $"{pixels} pixels");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(441)]
    [InlineData(2001 * 2001)]
    public void ColorsAreRoundedToTheNearestStep(long pixels)
    {
        WindowPrecision precision = new(pixels);
        float rounding = precision.ColorRounding;
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            float color = i < 2 ? i : random.NextSingle(), rounded = color + rounding - rounding;
            double steps = double.ScaleB(rounded, precision.ColorBits);
            Assert.Equal(Math.Round(steps), steps);
            Assert.True(Math.Abs(double.ScaleB(color, precision.ColorBits) - steps) <= 0.5, $"{color} became {rounded}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(441, 8.9)]
    [InlineData(2001 * 2001, 7907)]
    public void SumsOfCoefficientsAreExact(long pixels, double most)
    {
        double rounding = new WindowPrecision(pixels).Rounding(most);
        double step = Math.BitIncrement(rounding) - rounding;
        Assert.True(pixels * most / step <= double.ScaleB(1, 52), $"steps of {step}");
        Assert.True(step <= double.ScaleB(1, -12), $"steps of {step}");
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            double number = i < 2 ? most * (2 * i - 1) : most * (2 * random.NextDouble() - 1), rounded = number + rounding - rounding;
            Assert.Equal(Math.Round(rounded / step), rounded / step);
            Assert.True(Math.Abs(number - rounded) <= step / 2, $"{number} became {rounded}");
        }
    }
}
