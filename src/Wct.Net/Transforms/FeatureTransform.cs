using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>Gives content features the statistics of a style. Derive from it to add your own transform.</summary>
/// <remarks>
/// A transform computes an affine map from the statistics of content and style. The pipeline does the rest: strength, mixing of styles,
/// masks, tiles, transparency, style files, and folding the map into the decoder. A transform that isn't affine also overrides
/// <see cref="UsesFeatures"/> and <see cref="Local"/>. Transforms must be safe for use by several threads, and must return the same map for
/// the same statistics. Their exceptions pass through to the caller unchanged.
/// </remarks>
public abstract class FeatureTransform
{
    /// <summary>Whitening and coloring (Li et al. 2017), the default.</summary>
    public static FeatureTransform WhiteningColoring { get; } = new WhiteningColoring();

    /// <summary>Adaptive instance normalization (Huang and Belongie 2017): the mean and variance of each channel. Faster than whitening and
    /// coloring; it doesn't transfer how channels vary together.</summary>
    public static FeatureTransform AdaIn { get; } = new AdaptiveInstanceNormalization();

    /// <summary>Optimal transport (Lu et al. 2019): the map to the style's mean and covariance that moves the features least. It keeps more
    /// of the content than whitening and coloring.</summary>
    public static FeatureTransform OptimalTransport { get; } = new OptimalTransport();

    /// <summary>Style swap on whitened features (Chen and Schmidt 2016; Li et al. 2017): replaces each 3x3 patch by the style's most
    /// similar one.</summary>
    public static FeatureTransform StyleSwap { get; } = new StyleSwap(whitens: true);

    /// <summary>Style swap on the features themselves (Chen and Schmidt 2016).</summary>
    public static FeatureTransform RawStyleSwap { get; } = new StyleSwap(whitens: false);

    /// <summary>Whitening alone (Li et al. 2017, figure 4), which shows what a level takes for structure. Uses no style; see
    /// <see cref="PreparedStyle.None"/>.</summary>
    public static FeatureTransform Whitening { get; } = new Whitening();

    /// <summary>The transforms above.</summary>
    public static IReadOnlyList<FeatureTransform> All { get; } =
        [WhiteningColoring, AdaIn, OptimalTransport, StyleSwap, RawStyleSwap, Whitening];

    /// <summary>The name in options and recipes, such as "wct"; null if it has none.</summary>
    public virtual string? Name => null;

    /// <summary>Whether <see cref="Local"/> reads <see cref="StyleMoments.Features"/>. False by default.</summary>
    public virtual bool UsesFeatures => false;

    /// <summary>How many feature pixels around a pixel the result of <see cref="Local"/> depends on, in each direction. 0 by
    /// default.</summary>
    /// <remarks>For tiles: a tile has that many more pixels on each side that isn't a border of the map.</remarks>
    public virtual int Reach => 0;

    /// <summary>Finds one of <see cref="All"/> by its name.</summary>
    /// <param name="name">"wct", "adain", "ot", "swap", "swap-raw" or "whiten".</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no transform of this name; the message lists all names.</exception>
    public static FeatureTransform Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(transform => transform.Name == name)
            ?? throw new ArgumentException(
                $"There is no transform '{name}'; there are {string.Join(", ", All.Select(transform => transform.Name))}.", nameof(name));
    }

    /// <summary>Whether the result depends on the style, as by default.</summary>
    public virtual bool UsesStyle => true;

    /// <summary>Computes the map at full strength.</summary>
    /// <param name="content">The content's statistics at a level. They are valid until this method returns; copy them to keep them
    /// longer.</param>
    /// <param name="style">The style's statistics at the same level, with the same number of channels.</param>
    /// <returns>A map with the same number of channels.</returns>
    public abstract AffineMap Map(FeatureMoments content, StyleMoments style);

    /// <summary>Computes a map that isn't affine. By default there is none, and <see cref="Map"/> is used.</summary>
    /// <param name="content">The content's statistics at a level. They are valid until this method returns; copy them to keep them
    /// longer.</param>
    /// <param name="features">The shape [C, h, w] of the content's features.</param>
    /// <param name="style">The style's statistics at the same level, with the same number of channels.</param>
    /// <returns>A map at full strength, which the pipeline disposes of; null to use <see cref="Map"/>.</returns>
    public virtual LocalMap? Local(FeatureMoments content, TensorShape features, StyleMoments style) => null;

    /// <summary>Memory in bytes that the map of <see cref="Local"/> takes at most besides the content's features: its result, its working
    /// memory, and what it holds of the style. 0 by default. Asked only if <see cref="UsesFeatures"/> is true or <see cref="Reach"/> is
    /// above 0.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="features">The shape [C, h, w] of the content's features.</param>
    /// <param name="style">The shape [C, h, w] of the style's features.</param>
    public virtual long WorkingBytes(Backend backend, TensorShape features, TensorShape style) => 0;

    /// <summary>Computes ahead of time what <see cref="Map"/> and <see cref="Local"/> need of a style, for example its root. Does nothing
    /// by default.</summary>
    /// <param name="style">Stores the results. The levels of a style are prepared in parallel.</param>
    /// <remarks>While a device encodes the content, this may run in the background, where its exceptions are ignored. So <see cref="Map"/>
    /// must throw them again.</remarks>
    public virtual void Prepare(StyleMoments style)
    {
    }
}
