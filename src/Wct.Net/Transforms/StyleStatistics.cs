using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>All that the transform needs to know of a style at one level. Immutable; usable from several threads.</summary>
public sealed class StyleStatistics
{
    private readonly Once<SymmetricPower> _coloring;

    private StyleStatistics(int level, double[] mean, Func<SymmetricPower> coloring) =>
        (Level, Mean, _coloring) = (level, mean, new Once<SymmetricPower>(coloring));

    /// <summary>1 to 5.</summary>
    public int Level { get; }

    /// <summary>[C].</summary>
    public double[] Mean { get; }

    /// <summary>The covariance's square root and its rank; computed when first asked for.</summary>
    public SymmetricPower Coloring => _coloring.Value;

    /// <summary>Whether <see cref="Coloring"/> is there already.</summary>
    internal bool IsReady => _coloring.IsMade;

    /// <summary>Prepares a style's moments.</summary>
    /// <param name="eigensolver">Finds the covariance's eigenvalues; null for <see cref="SymmetricEigen.Solver"/>.</param>
    public static StyleStatistics Of(int level, FeatureMoments moments, IEigensolver? eigensolver = null)
    {
        ArgumentNullException.ThrowIfNull(moments);
        return new StyleStatistics(level, moments.Mean, () => SymmetricPower.Of(moments.Covariance, moments.Channels, 0.5, eigensolver));
    }

    /// <summary>Statistics that were computed before.</summary>
    internal static StyleStatistics Of(int level, double[] mean, SymmetricPower coloring)
    {
        StyleStatistics known = new(level, mean, () => coloring);
        _ = known.Coloring;
        return known;
    }

    /// <summary>Measures a style's features, [C, h, w].</summary>
    internal static StyleStatistics Of(int level, Backend backend, Tensor features, IEigensolver? eigensolver = null)
    {
        int channels = features.Shape.Channels;
        double[] mean = new double[channels], coloring = new double[channels * channels];
        FeatureMoments.Measure(backend, features, mean, coloring);
        return new StyleStatistics(
            level, mean, () => new SymmetricPower(coloring, SymmetricPower.Raise(coloring, channels, 0.5, coloring, eigensolver)));
    }

    /// <summary>Has the roots computed in the background, in the order in which they will be needed, while a device encodes the content.</summary>
    internal static void Begin(Backend backend, IEnumerable<StyleStatistics> levels)
    {
        if (!backend.HostIsFree)
            return;
        StyleStatistics[] waiting = [.. levels];
        // What fails here is tried again, and told, where it is needed.
        _ = Task.Run(() => Array.ForEach(waiting, level => _ = level.Coloring));
    }

    /// <summary>Has the roots of some levels computed, side by side.</summary>
    internal static void MakeReady(Backend backend, IEnumerable<StyleStatistics> levels)
    {
        StyleStatistics[] waiting = [.. levels.Where(level => !level.IsReady)];
        backend.RunOnHost(waiting.Length, task => _ = waiting[task].Coloring);
    }
}
