using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>A level's affine map as the backend runs it: as a separate 1x1 convolution, or folded into the decoder's first
/// convolution.</summary>
internal sealed class AffineLevelMap : LevelMap
{
    // Well below the largest number in single precision, to leave room for a convolution's weights and sums.
    private const double LargestEntry = 1e30;

    private readonly Backend _backend;
    private readonly Convolution _convolution;
    private readonly bool _isFolded;

    private AffineLevelMap(Backend backend, Convolution convolution, bool isFolded) =>
        (_backend, _convolution, _isFolded) = (backend, convolution, isFolded);

    /// <inheritdoc/>
    internal override Convolution? First => _isFolded ? _convolution : null;

    /// <summary>The map as a convolution; folded into the decoder's first one if there is a decoder that folds.</summary>
    internal Convolution Convolution => _convolution;

    /// <summary>Blends a map with the identity, and packs the result for the backend.</summary>
    /// <param name="backend">The backend that will run it.</param>
    /// <param name="map">The map at full strength; released here.</param>
    /// <param name="strength">α in [0, 1].</param>
    /// <param name="decoder">The decoder that reads the features; null for a separate pass in any case.</param>
    /// <param name="pixels">Number of feature pixels, which decides whether folding pays.</param>
    /// <exception cref="InvalidDataException">An entry is too large for single precision.</exception>
    internal static AffineLevelMap Of(Backend backend, AffineMap map, double strength, Decoder? decoder, long pixels)
    {
        using Blended blend = new(map, strength);
        CheckLargest(blend.Map.Matrix);
        CheckLargest(blend.Map.Offset);
        ConvolutionWeights? into = blend.Map.IsDiagonal ? decoder?.FoldsDiagonal(pixels) : decoder?.Folds(pixels);
        Convolution convolution = into is null ? Separate(backend, blend.Map) : Folded(backend, into, blend.Map);
        return new AffineLevelMap(backend, convolution, isFolded: into is not null);
    }

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor features, Area area, Workspace? workspace, CancellationToken cancellationToken)
    {
        if (_isFolded)
            return features;
        Tensor transformed = workspace is null ? _backend.Allocate(features.Shape) : workspace.Allocate(features.Shape);
        try
        {
            Apply(features, transformed);
        }
        catch
        {
            transformed.Dispose();
            throw;
        }

        features.Dispose();
        return transformed;
    }

    /// <summary>Transforms features that are kept. The map must not be folded.</summary>
    internal void Apply(Tensor features, Tensor transformed) => _backend.Convolve(features, _convolution, Activation.None, transformed);

    /// <inheritdoc/>
    public override void Dispose() => _convolution.Dispose();

    private static Convolution Separate(Backend backend, AffineMap map) => backend.PackAffine(map.Matrix, map.Center, map.Offset);

    private static Convolution Folded(Backend backend, ConvolutionWeights into, AffineMap map)
    {
        ConvolutionShape shape = new(into.OutChannels, into.InChannels, into.KernelSize);
        if (!map.IsDiagonal)
            return backend.PackFolded(shape, into.Weights.Span, into.Bias.Span, map.Matrix, map.Center, map.Offset);
        float[] weights = into.Weights.ToArray(), bias = into.Bias.ToArray();
        for (int o = 0, k = 0; o < into.OutChannels; o++)
        {
            double shift = bias[o];
            for (int i = 0; i < into.InChannels; i++)
            {
                double scale = map.Matrix[i * map.Channels + i], added = map.Offset[i] - (scale * map.Center[i]);
                for (int tap = 0; tap < shape.Taps; tap++, k++)
                {
                    shift += weights[k] * added;
                    weights[k] = (float)(weights[k] * scale);
                }
            }

            bias[o] = (float)shift;
        }

        return backend.PackConvolution(shape, weights, bias);
    }

    private static void CheckLargest(ReadOnlySpan<double> entries)
    {
        foreach (double entry in entries)
        {
            if (!(Math.Abs(entry) <= LargestEntry))
                throw FeatureMoments.Overflow("transformed features");
        }
    }

    // Releases both maps.
    private readonly struct Blended(AffineMap map, double strength) : IDisposable
    {
        internal AffineMap Map { get; } = map.Blend(strength);

        public void Dispose()
        {
            Map.Release();
            map.Release();
        }
    }
}
