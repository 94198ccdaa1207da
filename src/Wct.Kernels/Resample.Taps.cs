namespace Wct.Kernels;

/// <summary>The source samples and their weights for each new sample of a line.</summary>
/// <remarks>The weights of a new sample sum to 1, also at the ends of the line.</remarks>
internal sealed class ResampleTaps
{
    private readonly int[] _first;
    private readonly int[] _count;

    /// <summary>[Length, _stride].</summary>
    private readonly float[] _weights;

    private readonly int _stride;

    /// <summary>Computes the weights of the cubic filter.</summary>
    /// <param name="length">Samples of the source line, at least 1.</param>
    /// <param name="newLength">Samples of the new line, at least 1.</param>
    internal ResampleTaps(int length, int newLength)
        : this(length, newLength, radius: 2, Resample.Cubic)
    {
    }

    /// <param name="length">Samples of the source line, at least 1.</param>
    /// <param name="newLength">Samples of the new line, at least 1.</param>
    /// <param name="radius">Where the filter ends.</param>
    /// <param name="filter">The weight of a sample by its distance; 0 from the radius on.</param>
    private ResampleTaps(int length, int newLength, int radius, Func<double, double> filter)
    {
        double scale = (double)length / newLength, filterScale = Math.Max(1, scale), support = radius * filterScale;
        _stride = Math.Min(length, (int)Math.Ceiling(2 * support) + 1);
        _first = new int[newLength];
        _count = new int[newLength];
        _weights = new float[checked(newLength * _stride)];
        double[] weights = new double[_stride];
        for (int i = 0; i < newLength; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(length, (int)(center + support + 0.5));
            double sum = 0;
            for (int k = 0; k < end - first; k++)
                sum += weights[k] = filter((first + k + 0.5 - center) / filterScale);
            for (int k = 0; k < end - first; k++)
                _weights[i * _stride + k] = (float)(weights[k] / sum);
            (_first[i], _count[i]) = (first, end - first);
        }
    }

    /// <summary>Computes the weights of the linear filter, whose weights are never negative.</summary>
    /// <param name="length">Samples of the source line, at least 1.</param>
    /// <param name="newLength">Samples of the new line, at least 1.</param>
    internal static ResampleTaps Linear(int length, int newLength) =>
        new(length, newLength, radius: 1, distance => Math.Max(0, 1 - Math.Abs(distance)));

    /// <summary>Samples of the new line.</summary>
    internal int Length => _first.Length;

    /// <summary>The first source sample that contributes to new sample <paramref name="index"/>.</summary>
    /// <param name="index">Index of the new sample.</param>
    internal int First(int index) => _first[index];

    /// <summary>The weights of source samples from <see cref="First"/> on.</summary>
    /// <param name="index">Index of the new sample.</param>
    internal ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(index * _stride, _count[index]);
}
