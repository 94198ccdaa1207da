using Wct.Net;

namespace Wct.Training.Evaluation;

/// <summary>Options of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Pictures are resized so that the shorter side has this many pixels, and then cropped to the square in the middle; at least
    /// 16.</summary>
    public int Side { get; init; } = 256;

    /// <summary>Strength of the style, in 0..1.</summary>
    public double Strength { get; init; } = StylizeOptions.DefaultStrength;

    /// <summary>Number of pictures to stylize, at least 1; null for one per style. Contents and styles are used in order, and again from
    /// the start if there are fewer of them.</summary>
    public int? Pairs { get; init; }

    /// <summary>Number of threads; 0 for one per processor.</summary>
    public int Threads { get; init; }
}
