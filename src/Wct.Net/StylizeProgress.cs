namespace Wct.Net;

/// <summary>The stages of a computation.</summary>
public enum StylizeStage
{
    /// <summary>Computes the style's features and statistics.</summary>
    Style,

    /// <summary>Computes the content's features.</summary>
    Encode,

    /// <summary>Transforms the features, for example by whitening and coloring.</summary>
    Transform,

    /// <summary>Computes the picture from the features.</summary>
    Decode,
}

/// <summary>The progress of a call.</summary>
/// <param name="Level">The current level, 1 to 5; 0 while the style is prepared.</param>
/// <param name="Stage">The current stage.</param>
/// <param name="Fraction">The share of the work that is done, 0 to 1; never decreases.</param>
public readonly record struct StylizeProgress(int Level, StylizeStage Stage, double Fraction);
