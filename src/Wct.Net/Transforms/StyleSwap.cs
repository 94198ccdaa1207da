using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>Replaces each 3x3 patch of the content's features by the style's most similar patch; where patches overlap, by their
/// mean.</summary>
/// <remarks>
/// Chen and Schmidt, "Fast Patch-based Style Transfer of Arbitrary Style", 2016. Similarity is the normalized cross-correlation; of equally
/// similar patches, the first in row order is used. With whitening (Li et al. 2017), content and style are whitened by their own
/// covariances before the search, and the result is colored by the style's. Maps with a side below 3 pixels are whitened and colored
/// instead. Patches less than half of which belong to the style (hidden pixels, a style's mask) are not used, unless there are no others.
/// Rounding decides between patches that are almost equally similar, so tiles may use another one than the whole picture does.
/// </remarks>
public sealed class StyleSwap : FeatureTransform
{
    private const int Side = PatchSearch.Side;

    private readonly bool _whitens;

    internal StyleSwap(bool whitens) => _whitens = whitens;

    /// <inheritdoc/>
    public override string Name => _whitens ? "swap" : "swap-raw";

    /// <inheritdoc/>
    public override bool UsesFeatures => true;

    /// <summary>2: a pixel's patches reach one pixel around it, and those patches' own pixels one more.</summary>
    public override int Reach => 2;

    /// <inheritdoc/>
    public override long WorkingBytes(Backend backend, TensorShape features, TensorShape style)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return PatchSearch.Bytes(backend, features, style, _whitens);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ, or an element of a covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
    /// <remarks>Used for maps without patches: whitening and coloring.</remarks>
    public override AffineMap Map(FeatureMoments content, StyleMoments style) => WhiteningColoring.Map(content, style);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ, an element of a covariance is not finite, or the style was prepared
    /// for another transform, so that it has no features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
    public override LocalMap? Local(FeatureMoments content, TensorShape features, StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.CheckChannels(style);
        StyleFeatures patches = style.Features
            ?? throw new ArgumentException(
                $"The transform '{Name}' needs the style's features at level {style.Level}, and the style was prepared without them.",
                nameof(style));
        if (Math.Min(Math.Min(features.Height, features.Width), Math.Min(patches.Height, patches.Width)) < Side)
            return null;
        if (!_whitens)
            return new PatchSearch(patches, contentKeys: null, styleKeys: null, output: null);
        int channels = content.Channels;
        return new PatchSearch(
            patches,
            new AffineMap(content.InverseRoot.Matrix, content.Mean, new double[channels]),
            new AffineMap(style.InverseRoot.Matrix, style.Mean, new double[channels]),
            new AffineMap(style.Root.Matrix, new double[channels], style.Mean));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public override void Prepare(StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(style);
        if (!_whitens)
            return;
        _ = style.Root;
        _ = style.InverseRoot;
    }
}
