namespace Wct.Training;

/// <summary>How a loss network reduces maps to half their sides.</summary>
public enum PoolingKind
{
    /// <summary>The maximum of 2x2 pixels, as VGG-19 was trained.</summary>
    Max,

    /// <summary>The mean of 2x2 pixels, which gives smoother gradients (Gatys et al. 2015).</summary>
    Average,
}
