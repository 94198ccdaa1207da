using Wct.Training.Losses;

namespace Wct.Training;

/// <summary>The progress of an optimization of pixels.</summary>
/// <param name="Step">Number of completed steps at all sizes.</param>
/// <param name="Steps">The total number of steps.</param>
/// <param name="Width">Width of the picture at the current size.</param>
/// <param name="Height">Height of the picture at the current size.</param>
/// <param name="Losses">The losses of the picture after the step.</param>
/// <param name="Evaluations">The number of evaluations of the losses so far.</param>
public sealed record PixelProgress(long Step, long Steps, int Width, int Height, LossValues Losses, long Evaluations);
