using Wct.Kernels;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>Style swap by its definition, in plain loops and double precision. Where several patches are equally similar up to rounding, it
/// gives the range of their values.</summary>
internal sealed class PlainSwap
{
    private const int Side = 3;

    // Scores that are this much below the best, relative to the length of the content's patch, may win by rounding.
    private const double Tie = 1e-5;

    private readonly double[] _content, _style;
    private readonly TensorShape _shape, _styleShape;
    private readonly bool[] _excluded;
    private readonly FeatureMoments? _colors;

    private int Across => _styleShape.Width - Side + 1;

    private int Patches => Across * (_styleShape.Height - Side + 1);

    /// <param name="content">[C, h, w].</param>
    /// <param name="shape">Shape of the content.</param>
    /// <param name="contentMoments">Moments for whitening.</param>
    /// <param name="style">The style with its features and moments.</param>
    /// <param name="whitens">Whether both are whitened first.</param>
    internal PlainSwap(float[] content, TensorShape shape, FeatureMoments contentMoments, StyleMoments style, bool whitens)
    {
        StyleFeatures features = style.Features!;
        (_shape, _styleShape) = (shape, new TensorShape(features.Channels, features.Height, features.Width));
        _content = Array.ConvertAll(content, value => (double)value);
        _style = [.. features.Values.ToArray().Select(value => (double)value)];
        _excluded = Excluded(features);
        if (!whitens)
            return;
        double[] zero = new double[shape.Channels];
        _colors = new FeatureMoments(style.Mean, style.Covariance);
        _content = PlainMoments.Apply(_content, contentMoments.InverseRoot.Matrix, contentMoments.Mean, zero);
        _style = PlainMoments.Apply(_style, _colors.InverseRoot.Matrix, _colors.Mean, zero);
    }

    /// <summary>Number of centers for which more than one patch may win.</summary>
    internal int Ambiguous { get; private set; }

    /// <summary>Checks a result. Without ties, each value must be that of the definition.</summary>
    internal void Check(string what, float[] actual)
    {
        (double[] low, double[] high) = Run();
        Assert.Equal(low.Length, actual.Length);
        double size = Math.Sqrt(high.Average(value => value * value));
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(
                actual[i] >= low[i] - 1e-4 * size && actual[i] <= high[i] + 1e-4 * size,
                $"{what}: value {i} is {actual[i]}, expected {low[i]} to {high[i]}");
        }
    }

    // The smallest and the largest value that a choice among equally similar patches can give.
    private (double[] Low, double[] High) Run()
    {
        int[][] winners = Winners();
        double[] low = new double[_shape.Length], high = new double[_shape.Length], offset = new double[_shape.Channels];
        if (_colors is null)
        {
            for (int c = 0; c < _shape.Channels; c++)
                Mean(winners, channel => channel == c ? 1 : 0, 0, low, high, c);
            return (low, high);
        }

        double[] root = _colors.Root.Matrix.ToArray();
        for (int c = 0; c < _shape.Channels; c++)
            Mean(winners, channel => root[c * _shape.Channels + channel], _colors.Mean[c], low, high, c);
        return (low, high);
    }

    // Writes a channel of the result: the mean over the patches that cover a pixel of a weighted sum of their channels.
    private void Mean(int[][] winners, Func<int, double> weight, double offset, double[] low, double[] high, int channel)
    {
        int plane = _shape.Pixels, styleWidth = _styleShape.Width;
        double[] mixed = new double[_styleShape.Pixels];
        for (int c = 0; c < _shape.Channels; c++)
        {
            for (int i = 0; i < mixed.Length; i++)
                mixed[i] += weight(c) * _style[c * mixed.Length + i];
        }

        for (int p = 0; p < plane; p++)
        {
            int y = p / _shape.Width, x = p % _shape.Width, count = 0;
            double least = 0, most = 0;
            for (int top = Math.Max(0, y - 2); top <= Math.Min(y, _shape.Height - Side); top++)
            {
                for (int left = Math.Max(0, x - 2); left <= Math.Min(x, _shape.Width - Side); left++, count++)
                {
                    double[] values =
                    [
                        .. winners[top * (_shape.Width - 2) + left]
                            .Select(patch => mixed[(patch / Across + y - top) * styleWidth + patch % Across + x - left]),
                    ];
                    least += values.Min();
                    most += values.Max();
                }
            }

            (low[channel * plane + p], high[channel * plane + p]) = (least / count + offset, most / count + offset);
        }
    }

    // The best patches of each patch of the content, in row order. Of patches with exactly the same score only the first.
    private int[][] Winners()
    {
        int across = _shape.Width - Side + 1, down = _shape.Height - Side + 1;
        int[][] winners = new int[across * down][];
        double[] scores = new double[Patches];
        for (int i = 0; i < winners.Length; i++)
        {
            double[] own = Patch(_content, _shape, i / across, i % across);
            double length = Math.Sqrt(own.Sum(value => value * value));
            for (int k = 0; k < scores.Length; k++)
                scores[k] = _excluded[k] ? double.NegativeInfinity : Score(own, Patch(_style, _styleShape, k / Across, k % Across));
            double limit = scores.Max() - Tie * length;
            List<int> best = [];
            for (int k = 0; k < scores.Length; k++)
            {
                if (scores[k] >= limit && !best.Exists(earlier => scores[earlier] == scores[k]))
                    best.Add(k);
            }

            Ambiguous += best.Count > 1 ? 1 : 0;
            winners[i] = [.. best];
        }

        return winners;
    }

    private static double Score(double[] content, double[] style)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < content.Length; i++)
        {
            sum += content[i] * style[i];
            squares += style[i] * style[i];
        }

        return sum / Math.Max(Math.Sqrt(squares), 1e-12);
    }

    private static double[] Patch(double[] map, TensorShape shape, int top, int left)
    {
        double[] patch = new double[shape.Channels * Side * Side];
        for (int i = 0; i < patch.Length; i++)
        {
            int c = i / (Side * Side), y = top + i / Side % Side, x = left + i % Side;
            patch[i] = map[(c * shape.Height + y) * shape.Width + x];
        }

        return patch;
    }

    // A patch is used if half of it belongs to the style, or as much as in any other patch.
    private bool[] Excluded(StyleFeatures features)
    {
        double[] shares = new double[Patches];
        if (features.Shares.IsEmpty)
            return new bool[Patches];
        for (int k = 0; k < shares.Length; k++)
        {
            for (int i = 0; i < Side * Side; i++)
                shares[k] += features.Shares[(k / Across + i / Side) * features.Width + k % Across + i % Side];
        }

        double least = Math.Min(Side * Side / 2.0, shares.Max());
        return Array.ConvertAll(shares, share => share < least);
    }
}
