namespace Wct.Training.Tasks;

/// <summary>The layers of a network for styles.</summary>
public enum StyleArchitecture
{
    /// <summary>Two strides down, residual blocks, two times up (Johnson et al. 2016).</summary>
    Residual,

    /// <summary>The photo and noise at five sizes, joined from small to large (Ulyanov et al. 2016). The noise's scale changes the strength
    /// of the style.</summary>
    Pyramid,
}
