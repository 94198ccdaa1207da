namespace Wct.Net.Transforms;

/// <summary>Gives content features the statistics of a style. Derive from it to add your own transform.</summary>
/// <remarks>
/// A transform computes an affine map from the statistics of content and style. The pipeline does the rest: strength, tiles, transparency,
/// style files, and folding the map into the decoder. Transforms must be safe for use by several threads, and must return the same map for
/// the same statistics. Their exceptions pass through to the caller unchanged.
/// </remarks>
public abstract class FeatureTransform
{
    /// <summary>Whitening and coloring (Li et al. 2017), the default.</summary>
    public static FeatureTransform WhiteningColoring { get; } = new WhiteningColoring();

    /// <summary>Computes the map at full strength.</summary>
    /// <param name="content">The content's statistics at a level. They are valid until this method returns; copy them to keep them
    /// longer.</param>
    /// <param name="style">The style's statistics at the same level, with the same number of channels.</param>
    /// <returns>A map with the same number of channels.</returns>
    public abstract AffineMap Map(FeatureMoments content, StyleMoments style);

    /// <summary>Computes ahead of time what <see cref="Map"/> needs of a style, for example its root. Does nothing by default.</summary>
    /// <param name="style">Stores the results. The levels of a style are prepared in parallel.</param>
    /// <remarks>While a device encodes the content, this may run in the background, where its exceptions are ignored. So <see cref="Map"/>
    /// must throw them again.</remarks>
    public virtual void Prepare(StyleMoments style)
    {
    }
}
