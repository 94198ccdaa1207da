using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>A level's affine map as the backend runs it: as a separate 1x1 convolution, or folded into the decoder's first
/// convolution.</summary>
internal sealed class LevelMap : IDisposable
{
    // Well below the largest number in single precision, to leave room for a convolution's weights and sums.
    private const double LargestEntry = 1e30;

    private readonly Backend _backend;
    private readonly Convolution _convolution;
    private readonly bool _isFolded;

    private LevelMap(Backend backend, Convolution convolution, bool isFolded) =>
        (_backend, _convolution, _isFolded) = (backend, convolution, isFolded);

    /// <summary>Replaces the decoder's first convolution; null if that is used unchanged.</summary>
    internal Convolution? First => _isFolded ? _convolution : null;

    /// <summary>Blends a transform's map with the identity, and packs the result for the backend.</summary>
    /// <param name="backend">The backend that will run it.</param>
    /// <param name="map">The map at full strength; released here.</param>
    /// <param name="channels">Channels of the features.</param>
    /// <param name="strength">α in [0, 1].</param>
    /// <param name="into">The decoder's first convolution, to fold the map into; null for a separate pass.</param>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels.</exception>
    /// <exception cref="InvalidDataException">An entry is too large for single precision.</exception>
    internal static LevelMap Of(Backend backend, AffineMap map, int channels, double strength, ConvolutionWeights? into)
    {
        if (map is null || map.Channels != channels)
        {
            throw new InvalidOperationException(
                $"The transform gave {(map is null ? "no map" : $"a map of {map.Channels} channels")}; the features have {channels} "
                    + "channels.");
        }

        AffineMap blend = map.Blend(strength);
        map.Release();
        CheckLargest(blend.Matrix);
        CheckLargest(blend.Offset);
        Convolution convolution = into is null
            ? backend.PackAffine(blend.Matrix, blend.Center, blend.Offset)
            : backend.PackFolded(
                new ConvolutionShape(into.OutChannels, into.InChannels, into.KernelSize), into.Weights.Span, into.Bias.Span,
                blend.Matrix, blend.Center, blend.Offset);
        blend.Release();
        return new LevelMap(backend, convolution, isFolded: into is not null);
    }

    /// <summary>Transforms features, unless the map is folded into the decoder.</summary>
    /// <param name="features">Disposed of, unless they are returned or the method throws.</param>
    /// <param name="workspace">Where to allocate the result; null to let the backend allocate it.</param>
    internal Tensor Apply(Tensor features, Workspace? workspace = null)
    {
        if (_isFolded)
            return features;
        Tensor transformed = workspace is null ? _backend.Allocate(features.Shape) : workspace.Allocate(features.Shape);
        try
        {
            _backend.Convolve(features, _convolution, Activation.None, transformed);
        }
        catch
        {
            transformed.Dispose();
            throw;
        }

        features.Dispose();
        return transformed;
    }

    /// <inheritdoc/>
    public void Dispose() => _convolution.Dispose();

    private static void CheckLargest(ReadOnlySpan<double> entries)
    {
        foreach (double entry in entries)
        {
            if (!(Math.Abs(entry) <= LargestEntry))
                throw FeatureMoments.Overflow("transformed features");
        }
    }
}
