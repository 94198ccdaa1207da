namespace Wct.Bindings;

/// <summary>Gives content features the statistics of a style. Immutable. libwct has these transforms; an application can't add its
/// own.</summary>
public sealed class FeatureTransform
{
    private FeatureTransform(string name) => Name = name;

    /// <summary>Whitening and coloring (Li et al. 2017), the default.</summary>
    public static FeatureTransform WhiteningColoring { get; } = new("wct");

    /// <summary>Adaptive instance normalization (Huang and Belongie 2017): the mean and variance of each channel. Faster than whitening and
    /// coloring; it doesn't transfer how channels vary together.</summary>
    public static FeatureTransform AdaIn { get; } = new("adain");

    /// <summary>Optimal transport (Lu et al. 2019): the map to the style's mean and covariance that moves the features least. It keeps more
    /// of the content than whitening and coloring.</summary>
    public static FeatureTransform OptimalTransport { get; } = new("ot");

    /// <summary>Style swap on whitened features (Chen and Schmidt 2016; Li et al. 2017): replaces each 3x3 patch by the style's most
    /// similar one.</summary>
    public static FeatureTransform StyleSwap { get; } = new("swap");

    /// <summary>Style swap on the features themselves (Chen and Schmidt 2016).</summary>
    public static FeatureTransform RawStyleSwap { get; } = new("swap-raw");

    /// <summary>Whitening alone (Li et al. 2017, figure 4), which shows what a level takes for structure. Uses no style; see
    /// <see cref="PreparedStyle.None"/>.</summary>
    public static FeatureTransform Whitening { get; } = new("whiten");

    /// <summary>The transforms above.</summary>
    public static IReadOnlyList<FeatureTransform> All { get; } =
        [WhiteningColoring, AdaIn, OptimalTransport, StyleSwap, RawStyleSwap, Whitening];

    /// <summary>The name in recipes, such as "wct".</summary>
    public string Name { get; }

    /// <summary>Finds one of <see cref="All"/> by its name.</summary>
    /// <param name="name">"wct", "adain", "ot", "swap", "swap-raw" or "whiten".</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no transform of this name; the message lists all names.</exception>
    public static FeatureTransform Named(string name)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        return All.FirstOrDefault(transform => transform.Name == name)
            ?? throw new ArgumentException(
                $"There is no transform '{name}'; there are {string.Join(", ", All.Select(transform => transform.Name))}.", nameof(name));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
