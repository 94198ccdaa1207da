using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>Mean and covariance of a feature map over its pixels, and the covariance's roots. Immutable; safe for use by several
/// threads.</summary>
public sealed partial class FeatureMoments
{
    private readonly NumberBuffer _mean, _covariance;
    private readonly Backend? _backend;
    private readonly IEigensolver? _eigensolver;

    /// <summary>Creates moments from numbers that were measured elsewhere; the numbers are copied.</summary>
    /// <param name="mean">[C], C at least 1.</param>
    /// <param name="covariance">[C, C], symmetric, finite, divided by N - 1.</param>
    /// <param name="eigensolver">Solves the covariance's eigenvalue problem; null for <see cref="SymmetricEigen.Solver"/>.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or there are no channels.</exception>
    public FeatureMoments(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, IEigensolver? eigensolver = null)
        : this(NumberBuffer.Of(mean.ToArray()), NumberBuffer.Of(covariance.ToArray()), mean.Length, backend: null, eigensolver)
    {
        if (mean.Length == 0 || covariance.Length != (long)mean.Length * mean.Length)
        {
            throw new ArgumentException(
                $"'covariance' has {covariance.Length} elements, {mean.Length} channels need {(long)mean.Length * mean.Length}.",
                nameof(covariance));
        }
    }

    private FeatureMoments(NumberBuffer mean, NumberBuffer covariance, int channels, Backend? backend, IEigensolver? eigensolver)
    {
        (_mean, _covariance, Channels, _backend, _eigensolver) = (mean, covariance, channels, backend, eigensolver);
        (_root, _inverseRoot) = (new Once<SymmetricPower>(FindRoot), new Once<SymmetricPower>(FindInverseRoot));
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>[C].</summary>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public ReadOnlySpan<double> Mean => _mean.Span;

    /// <summary>[C, C], symmetric, divided by N - 1.</summary>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public ReadOnlySpan<double> Covariance => _covariance.Span;

    internal IEigensolver? Eigensolver => _eigensolver;

    /// <summary>Measures a feature map. Roots are computed on the host.</summary>
    /// <param name="backend">The backend that holds the features.</param>
    /// <param name="features">[C, h, w], after ReLU, not centered; a tensor of this backend.</param>
    /// <param name="eigensolver">Solves the covariance's eigenvalue problem; null for <see cref="SymmetricEigen.Solver"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="backend"/> or <paramref name="features"/> is null.</exception>
    /// <exception cref="InvalidDataException">The covariance isn't finite, because the features, and so the network's weights, are too
    /// large.</exception>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The features or a GPU backend were disposed of.</exception>
    public static FeatureMoments Of(Backend backend, Tensor features, IEigensolver? eigensolver = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(features);
        int channels = features.Shape.Channels;
        double[] mean = new double[channels], covariance = new double[channels * channels];
        Measure(backend, features, mean, covariance);
        return new FeatureMoments(NumberBuffer.Of(mean), NumberBuffer.Of(covariance), channels, backend: null, eigensolver);
    }

    /// <summary>Measures a feature map in pooled memory. The backend helps with the roots.</summary>
    /// <returns>Moments that the caller must release.</returns>
    /// <exception cref="InvalidDataException">A moment isn't finite.</exception>
    internal static FeatureMoments Borrow(Backend backend, Tensor features, IEigensolver? eigensolver)
    {
        int channels = features.Shape.Channels;
        NumberBuffer mean = NumberBuffer.Borrow(channels), covariance = NumberBuffer.Borrow(channels * channels);
        Measure(backend, features, mean.Span, covariance.Span);
        return new FeatureMoments(mean, covariance, channels, backend, eigensolver)
        {
            // With at most as many pixels as channels, some eigenvalues must be dropped, which the device doesn't support.
            _triesDevice = features.Shape.Pixels > channels,
        };
    }

    /// <summary>Checks moments that were summed over parts, and takes their memory.</summary>
    /// <exception cref="InvalidDataException">A moment isn't finite.</exception>
    internal static FeatureMoments Checked(
        NumberBuffer mean, NumberBuffer covariance, string of, Backend? backend, IEigensolver? eigensolver)
    {
        Check(mean.Span, covariance.Span, of);
        return new FeatureMoments(mean, covariance, mean.Span.Length, backend, eigensolver);
    }

    /// <summary>Throws if a pixel of a picture isn't finite, which happens if features overflowed.</summary>
    /// <param name="backend">The backend that holds the picture.</param>
    /// <param name="image">[3, H, W], clamped to 0..1.</param>
    /// <exception cref="InvalidDataException">A pixel isn't finite.</exception>
    internal static void CheckPicture(Backend backend, Tensor image)
    {
        const int ImageChannels = 3;
        Span<double> mean = stackalloc double[ImageChannels], covariance = stackalloc double[ImageChannels * ImageChannels];
        Measure(backend, image, mean, covariance);
    }

    /// <summary>Checks that a style has as many channels.</summary>
    /// <exception cref="ArgumentException">The channel counts differ.</exception>
    internal void CheckChannels(StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(style);
        if (style.Channels != Channels)
            throw new ArgumentException($"The content has {Channels} channels, the style {style.Channels}.", nameof(style));
    }

    /// <summary>Creates the exception for numbers that overflow single precision.</summary>
    internal static InvalidDataException Overflow(string what) =>
        new($"The {what} overflow: these weights, or this style's numbers, are too large.");

    private static void Measure(Backend backend, Tensor features, Span<double> mean, Span<double> covariance)
    {
        backend.Moments(features, mean, covariance);
        Check(mean, covariance, features.Shape);
    }

    private static void Check<T>(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, T of)
    {
        if (!AllFinite(mean) || !AllFinite(covariance))
            throw Overflow($"features of {of}");
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }
}
