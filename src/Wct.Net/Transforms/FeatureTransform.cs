namespace Wct.Net.Transforms;

/// <summary>Changes content features so that they look like a style's. Derive from it to add a transform of your own.</summary>
/// <remarks>
/// A transform maps statistics to an affine map. The pipeline does the rest: strength, tiles, transparency, style files, and folding the
/// map into the decoder. Transforms must be safe for use by several threads, and must give the same map for the same statistics.
/// </remarks>
public abstract class FeatureTransform
{
    /// <summary>Whitening and coloring (Li et al. 2017): the default.</summary>
    public static FeatureTransform WhiteningColoring { get; } = new WhiteningColoring();

    /// <summary>Computes the map at full strength.</summary>
    /// <param name="content">The content's statistics at a level. They are valid until this method returns; copy what is needed
    /// longer.</param>
    /// <param name="style">The style's statistics at the same level, of as many channels.</param>
    /// <returns>A map of the same number of channels.</returns>
    public abstract AffineMap Map(FeatureMoments content, StyleMoments style);

    /// <summary>Computes ahead of time what <see cref="Map"/> needs of a style, for example its root. Does nothing by default.</summary>
    /// <param name="style">Keeps what is computed. The levels of a style are prepared side by side.</param>
    public virtual void Prepare(StyleMoments style)
    {
    }
}
