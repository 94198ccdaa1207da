namespace Wct.Samples.Brushwork;

/// <summary>The strokes of a layer, in samples of the canvas.</summary>
/// <param name="Step">From the start of one stroke to that of its neighbor.</param>
/// <param name="Width">Across the bristles.</param>
/// <param name="Length">Of the longest.</param>
internal readonly record struct StrokeSize(float Step, float Width, float Length);
