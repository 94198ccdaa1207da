using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Transforms;

namespace Wct.Training.Losses;

/// <summary>Ridge regression from one feature map to another. It finds the 1x1 convolution with the least squared error.</summary>
/// <remarks>Features of published networks have arbitrary scales and offsets. A random adapter would need thousands of steps to learn them,
/// and the encoder would get wrong gradients until then.</remarks>
/// <param name="backend">The backend of the features.</param>
/// <param name="from">Channels of the regressor.</param>
/// <param name="to">Channels of the target.</param>
/// <param name="ridge">The ridge parameter, relative to the regressor's mean variance. It keeps the problem well-posed if there
/// are few pixels: sixteen small crops have hardly more pixels than channels at deep taps.</param>
internal sealed class AdapterFit(Backend backend, int from, int to, double ridge = 0.01)
{
    // The mean variance is scaled to this value, which is far above the eigenvalues that SymmetricPower drops.
    private const double Size = 1e6;

    private readonly double[] _mean = new double[from + to], _products = new double[(from + to) * (from + to)];
    private int _pictures;

    /// <summary>Adds the features of one picture.</summary>
    /// <param name="features">[from, h, w].</param>
    /// <param name="target">[to, h, w].</param>
    internal void Add(Tensor features, Tensor target)
    {
        using Tensor both = backend.Allocate(features.Shape.WithChannels(from + to));
        float[] values = new float[both.Shape.Length];
        int split = (int)features.Shape.Length;
        backend.Read(features, values.AsSpan(0, split));
        backend.Read(target, values.AsSpan(split));
        backend.Write(values, both);
        FeatureMoments moments = FeatureMoments.Of(backend, both);
        for (int i = 0; i < _mean.Length; i++)
        {
            _mean[i] += moments.Mean[i];
            for (int j = 0; j < _mean.Length; j++)
                _products[i * _mean.Length + j] += moments.Covariance[i * _mean.Length + j] + moments.Mean[i] * moments.Mean[j];
        }

        _pictures++;
    }

    /// <summary>Solves the regression.</summary>
    /// <returns>Weights [to, from] and bias [to].</returns>
    internal (float[] Weights, float[] Bias) Solve()
    {
        double[] own = new double[from * from], cross = new double[from * to], adapter = new double[to * from];
        for (int i = 0; i < from; i++)
        {
            for (int j = 0; j < from; j++)
                own[i * from + j] = Covariance(i, j);
            for (int j = 0; j < to; j++)
                cross[i * to + j] = Covariance(i, from + j);
        }

        double mean = Enumerable.Range(0, from).Average(i => own[i * from + i]), scale = mean > 0 ? Size / mean : 1;
        for (int i = 0; i < own.Length; i++)
            own[i] = scale * (own[i] + (i % (from + 1) == 0 ? ridge * mean : 0));
        for (int i = 0; i < cross.Length; i++)
            cross[i] *= scale;
        TransposedProduct.Multiply(cross, SymmetricPower.Of(own, from, -1).Matrix, from, to, from, adapter);
        float[] bias = new float[to];
        for (int j = 0; j < to; j++)
        {
            double offset = _mean[from + j];
            for (int i = 0; i < from; i++)
                offset -= adapter[j * from + i] * _mean[i];
            bias[j] = (float)(offset / _pictures);
        }

        return (Array.ConvertAll(adapter, value => (float)value), bias);
    }

    private double Covariance(int i, int j) => _products[i * _mean.Length + j] / _pictures - _mean[i] / _pictures * (_mean[j] / _pictures);
}
