namespace Wct.Bindings;

/// <summary>Settings of photo mode, which keeps a photo's edges: the result's colors follow the edges of the content, and the content's
/// fine detail is added to them.</summary>
/// <remarks>He et al., "Guided Image Filtering", 2013, as the smoothing step of Li et al., "A Closed-form Solution to Photorealistic Image
/// Stylization", 2018.</remarks>
public sealed class PhotoOptions
{
    /// <summary>Radius of the guided filter's windows in pixels, 1 to 1000. Null for a twenty-fifth of the content's shorter side, 4
    /// to 200.</summary>
    public int? Radius { get; set; }

    /// <summary>Variance of the luminance (0..1) from which on a window counts as an edge; above 0.</summary>
    public double Epsilon { get; set; } = 1e-4;

    /// <summary>The share of the content's detail that is added, 0 to 4.</summary>
    public double Detail { get; set; } = 1;
}
