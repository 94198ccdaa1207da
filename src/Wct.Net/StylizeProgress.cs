namespace Wct.Net;

/// <summary>What is being computed.</summary>
public enum StylizeStage
{
    /// <summary>The style's features and statistics.</summary>
    Style,

    /// <summary>The content's features.</summary>
    Encode,

    /// <summary>Whitening and coloring.</summary>
    Transform,

    /// <summary>The picture from its features.</summary>
    Decode,
}

/// <summary>How far a picture is.</summary>
/// <param name="Level">The level at work, 1 to 5; 0 while the style is prepared.</param>
/// <param name="Stage">What is being computed there.</param>
/// <param name="Fraction">Share of the whole work that is done, 0 to 1; never falls.</param>
public readonly record struct StylizeProgress(int Level, StylizeStage Stage, double Fraction);
