using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>A style's statistics at one level: mean, covariance, and the covariance's root. Immutable; safe for use by several
/// threads.</summary>
public sealed class StyleMoments
{
    private readonly double[] _mean;
    private readonly Once<double[]> _covariance;
    private readonly Once<SymmetricPower> _root, _inverseRoot;

    private StyleMoments(int level, double[] mean, Func<double[]> covariance, SymmetricPower? root, IEigensolver? eigensolver)
    {
        (Level, _mean, _covariance, Eigensolver) = (level, mean, new Once<double[]>(covariance), eigensolver);
        _root = new Once<SymmetricPower>(() => root ?? SymmetricPower.Of(_covariance.Value, mean.Length, 0.5, eigensolver));
        _inverseRoot = new Once<SymmetricPower>(() => SymmetricPower.Of(_covariance.Value, mean.Length, -0.5, eigensolver));
        if (root is not null)
            _ = _root.Value;
    }

    /// <summary>The level, 1 to 5.</summary>
    public int Level { get; }

    /// <summary>C.</summary>
    public int Channels => _mean.Length;

    /// <summary>[C].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>[C, C], symmetric.</summary>
    public ReadOnlySpan<double> Covariance => _covariance.Value;

    /// <summary>The covariance's square root. Computed when first read, then kept.</summary>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public SymmetricPower Root => _root.Value;

    /// <summary>The inverse square root of the covariance. Computed when first read, then kept.</summary>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public SymmetricPower InverseRoot => _inverseRoot.Value;

    /// <summary>The features themselves, if the style was prepared for a transform that uses them; otherwise null.</summary>
    public StyleFeatures? Features { get; internal init; }

    /// <summary>Whether the style's mask leaves less than one feature pixel at this level, too little to measure.</summary>
    internal bool IsEmpty { get; init; }

    internal IEigensolver? Eigensolver { get; }

    /// <summary>Whether <see cref="Root"/> has been computed.</summary>
    internal bool HasRoot => _root.IsMade;

    /// <summary>Creates statistics from the moments of a style's features; the numbers are copied.</summary>
    /// <param name="level">The level, 1 to 5.</param>
    /// <param name="moments">The moments. Their eigensolver computes the root.</param>
    /// <exception cref="ArgumentNullException"><paramref name="moments"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public static StyleMoments Of(int level, FeatureMoments moments) => Of(level, moments, features: null);

    /// <summary>Creates statistics from the moments of a style's features, and the features themselves.</summary>
    internal static StyleMoments Of(int level, FeatureMoments moments, StyleFeatures? features)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return Of(level, moments.Mean.ToArray(), moments.Covariance.ToArray(), root: null, moments.Eigensolver, features);
    }

    /// <summary>Statistics of a style whose mask leaves too little to measure.</summary>
    internal static StyleMoments Empty(int level, int channels) =>
        Of(level, new double[channels], new double[channels * channels], root: null, isEmpty: true);

    /// <summary>Creates statistics from numbers that were measured before; the arrays are not copied.</summary>
    /// <param name="level">The level, 1 to 5.</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C].</param>
    /// <param name="root">The covariance's root; null to compute it when it is needed.</param>
    /// <param name="eigensolver">Computes the root; null for the default solver.</param>
    /// <param name="features">The features; null if they are not kept.</param>
    /// <param name="isEmpty">Whether there is too little of the style to measure.</param>
    internal static StyleMoments Of(
        int level, double[] mean, double[] covariance, SymmetricPower? root, IEigensolver? eigensolver = null,
        StyleFeatures? features = null, bool isEmpty = false) =>
        new(level, mean, () => covariance, root, eigensolver) { Features = features, IsEmpty = isEmpty };

    /// <summary>Creates statistics whose covariance is computed when it is first needed.</summary>
    internal static StyleMoments Of(int level, double[] mean, Func<double[]> covariance, IEigensolver? eigensolver) =>
        new(level, mean, covariance, root: null, eigensolver);

    /// <summary>Creates statistics from a root. The covariance is the root squared.</summary>
    internal static StyleMoments OfRoot(int level, double[] mean, SymmetricPower root) =>
        new(level, mean, () => Square(root), root, eigensolver: null);

    /// <summary>Starts to prepare levels in the background, while a device encodes the content.</summary>
    /// <param name="backend">The backend that encodes. Nothing is started if it computes on the host's threads.</param>
    /// <param name="levels">In the order in which they will be needed, with the transforms that will use them.</param>
    internal static void Begin(Backend backend, IEnumerable<(FeatureTransform Transform, StyleMoments Level)> levels)
    {
        if (!backend.HasIdleHostThreads)
            return;
        (FeatureTransform Transform, StyleMoments Level)[] waiting = [.. levels];
        // Exceptions are ignored here: they occur again, and are reported, when the result is needed.
        _ = Task.Run(() => Array.ForEach(waiting, next => next.Transform.Prepare(next.Level)));
    }

    /// <summary>Prepares levels in parallel.</summary>
    /// <param name="backend">The backend whose host threads run the work.</param>
    /// <param name="levels">The levels, with the transforms that will use them.</param>
    internal static void Prepare(Backend backend, IEnumerable<(FeatureTransform Transform, StyleMoments Level)> levels)
    {
        (FeatureTransform Transform, StyleMoments Level)[] waiting = [.. levels];
        backend.RunOnHost(waiting.Length, task => waiting[task].Transform.Prepare(waiting[task].Level));
    }

    private static double[] Square(SymmetricPower root)
    {
        double[] square = new double[root.Matrix.Length];
        TransposedProduct.Multiply(root.Matrix, root.Matrix, root.Channels, root.Channels, root.Channels, square);
        return square;
    }
}
