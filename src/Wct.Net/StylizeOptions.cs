namespace Wct.Net;

/// <summary>Choices for stylising a picture.</summary>
public sealed record StylizeOptions
{
    /// <summary>The strength that the published results use.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>α in [0, 1], the share of the style in the features of every level; 0 only encodes and decodes.</summary>
    public double Strength { get; init; } = DefaultStrength;

    /// <summary>Levels to run, in this order; null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<int>? Levels { get; init; }
}
