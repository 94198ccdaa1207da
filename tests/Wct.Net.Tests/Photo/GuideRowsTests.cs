using System.Runtime.Intrinsics;
using Wct.Kernels;
using Wct.Net.Photo;

namespace Wct.Net.Tests.Photo;

public class GuideRowsTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(31, 4)]
    [InlineData(256, 30)]
    [InlineData(600, 200)]
    public void ColorsAreClampedAndRounded(int width, int radius)
    {
        const int Height = 9, FirstInput = 100;
        byte[] content = Pictures.Noise(width, Height, seed: 4).Bytes;
        float[] stylized = PhotoPictures.Noise(width, Height, seed: 2);
        (stylized[0], stylized[2 * width], stylized[3 * width]) = (float.NaN, 1.5f, -0.5f);
        PhotoBand band = new()
        {
            First = FirstInput,
            Count = Height,
            FirstInput = FirstInput,
            Content = content,
            Stylized = stylized,
            StylizedStride = width,
            StylizedPlane = width * Height,
            Result = default,
            ResultStride = 0,
            ResultPlane = 0,
        };
        PhotoWindows windows = new(width, 300, radius, 1e-3);
        int bits = new WindowPrecision(Math.Min(2 * radius + 1, 300) * Math.Min(2 * radius + 1, width)).ColorBits;
        using GuideRows guide = new(windows, band);
        // More rows than are kept, some of them again.
        foreach (int y in (int[])[0, 8, 3, 0, 2, 2, 8, 5, 1])
        {
            ReadOnlySpan<Vector128<float>> row = guide.Load(FirstInput + y);
            Assert.Equal(width, row.Length);
            for (int x = 0; x < width; x++)
            {
                int i = y * width + x;
                double luminance = (0.299 * content[3 * i] + 0.587 * content[3 * i + 1] + 0.114 * content[3 * i + 2]) / 255;
                Check(luminance, row[x][0], 1e-7);
                for (int c = 0; c < 3; c++)
                {
                    float color = stylized[c * width * Height + i];
                    Check(float.IsNaN(color) ? 0 : Math.Clamp(color, 0, 1), row[x][c + 1], 0);
                }
            }
        }

        foreach (Vector128<float> zero in guide.Zeros)
            Assert.Equal(Vector128<float>.Zero, zero);

        void Check(double expected, float actual, double error)
        {
            double steps = double.ScaleB(actual, bits);
            Assert.Equal(Math.Round(steps), steps);
            Assert.InRange(actual, 0, 1);
            Assert.True(Math.Abs(double.ScaleB(expected, bits) - steps) <= 0.5 + double.ScaleB(error, bits), $"{expected} became {actual}");
        }
    }
}
