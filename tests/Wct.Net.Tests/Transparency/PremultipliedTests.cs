using Wct.Net.Transparency;

namespace Wct.Net.Tests.Transparency;

public class PremultipliedTests
{
    [Fact]
    public void ColorsAreRoundedToNearestAndSurviveARoundTrip()
    {
        for (int alpha = 0; alpha < 256; alpha++)
        {
            for (int color = 0; color < 256; color++)
            {
                byte[] pixel = [(byte)color, (byte)color, (byte)color, (byte)alpha];
                Premultiplied.Divide(pixel);
                double exact = alpha == 0 ? 0 : Math.Min(255, 255.0 * color / alpha);
                Assert.InRange(pixel[0] - exact, -0.5, 0.5);
                Assert.Equal(alpha, pixel[3]);
                Premultiplied.Multiply(pixel);
                // A color above alpha is not a valid premultiplied color; it counts as alpha.
                Assert.Equal(Math.Min(color, alpha), pixel[1]);

                byte[] straight = [(byte)color, 0, 0, (byte)alpha];
                Premultiplied.Multiply(straight);
                Assert.InRange(straight[0] - color * alpha / 255.0, -0.5, 0.5);
                Assert.InRange(straight[0], 0, alpha);
            }
        }
    }

    [Fact]
    public void GapsBetweenRowsAreUnchanged()
    {
        byte[] rows = [.. Enumerable.Repeat((byte)200, 2 * 11 - 3)];
        rows[3] = rows[7] = rows[14] = rows[18] = 100;
        Premultiplied.Multiply(rows, 2, 2, 11);
        Assert.Equal([78, 78, 78, 100, 78, 78, 78, 100, 200, 200, 200, 78, 78, 78, 100, 78, 78, 78, 100], rows);
    }
}
