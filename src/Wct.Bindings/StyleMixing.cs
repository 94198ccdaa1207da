namespace Wct.Bindings;

/// <summary>How several styles become one.</summary>
public enum StyleMixing
{
    /// <summary>The transformed features of all styles are averaged, as in the paper (Li et al. 2017, section 4.2).</summary>
    Features,

    /// <summary>The styles' means are averaged, and their covariance is the Bures barycenter of the styles' covariances.</summary>
    Covariance,
}
