using Wct.Net;

namespace Wct.Training.Evaluation;

/// <summary>What an evaluation looks at.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Sides of the squares that pictures are cut to, out of their middle, after their shorter side was resized to this; at least
    /// 16.</summary>
    public int Side { get; init; } = 256;

    /// <summary>Strength of the style, in 0..1.</summary>
    public double Strength { get; init; } = StylizeOptions.DefaultStrength;

    /// <summary>Pictures to stylize; null for one per style, at least 1. Contents and styles take turns.</summary>
    public int? Pairs { get; init; }

    /// <summary>Threads; 0 takes one per processor.</summary>
    public int Threads { get; init; }
}
