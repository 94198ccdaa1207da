namespace Wct.Samples.Brushwork;

/// <summary>The size of a layer's strokes, in samples of the canvas.</summary>
/// <param name="Step">Distance between the starts of neighboring strokes.</param>
/// <param name="Width">Width of a stroke.</param>
/// <param name="Length">Length of the longest stroke.</param>
internal readonly record struct StrokeSize(float Step, float Width, float Length);
