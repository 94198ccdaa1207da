namespace Wct.Kernels;

/// <summary>Which samples of a line each new sample is made of, and how much each of them counts.</summary>
/// <remarks>A new sample's weights sum to 1, at the line's ends too.</remarks>
internal sealed class ResampleTaps
{
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>[Length, most taps of a sample].</summary>
    private readonly float[] _weights;

    private readonly int _pitch;

    /// <param name="length">Samples of the line, at least 1.</param>
    /// <param name="newLength">Samples to make of it, at least 1.</param>
    internal ResampleTaps(int length, int newLength)
    {
        double scale = (double)length / newLength, widening = Math.Max(1, scale), reach = 2 * widening;
        _pitch = Math.Min(length, (int)Math.Ceiling(2 * reach) + 1);
        _first = new int[newLength];
        _count = new int[newLength];
        _weights = new float[checked(newLength * _pitch)];
        double[] weights = new double[_pitch];
        for (int i = 0; i < newLength; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(center - reach + 0.5)), end = Math.Min(length, (int)(center + reach + 0.5));
            double sum = 0;
            for (int k = 0; k < end - first; k++)
                sum += weights[k] = Resample.Cubic((first + k + 0.5 - center) / widening);
            for (int k = 0; k < end - first; k++)
                _weights[i * _pitch + k] = (float)(weights[k] / sum);
            (_first[i], _count[i]) = (first, end - first);
        }
    }

    /// <summary>Samples to make.</summary>
    internal int Length => _first.Length;

    /// <summary>The first sample that counts for new sample <paramref name="index"/>.</summary>
    internal int First(int index) => _first[index];

    /// <summary>The weights of that and the following samples.</summary>
    internal ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(index * _pitch, _count[index]);
}
