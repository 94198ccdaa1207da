namespace Wct.Cli.Tests;

/// <summary>Measures the difference of two pictures.</summary>
internal static class PictureDifference
{
    /// <summary>The largest difference of two bytes, and the peak signal-to-noise ratio in dB (infinite for equal pictures).</summary>
    internal static (int Largest, double Psnr) Of(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int largest = 0;
        double sum = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - actual[i]);
            largest = Math.Max(largest, difference);
            sum += difference * difference;
        }

        return (largest, 10 * Math.Log10(255.0 * 255.0 * expected.Length / sum));
    }
}
