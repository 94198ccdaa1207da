using Wct.Training.Losses;

namespace Wct.Training;

/// <summary>The progress of a run.</summary>
/// <param name="Step">Number of completed steps.</param>
/// <param name="Steps">The total number of steps.</param>
/// <param name="Losses">Means over the steps since the previous report.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="PicturesPerSecond">Speed since the previous report.</param>
/// <param name="Left">Estimated time to the end, from the run's average speed.</param>
public sealed record TrainingProgress(
    long Step, long Steps, LossValues Losses, double Rate, double PicturesPerSecond, TimeSpan Left);

/// <summary>The result of a run.</summary>
/// <param name="Step">Number of completed steps.</param>
/// <param name="Complete">Whether all steps are completed.</param>
public readonly record struct TrainingResult(long Step, bool Complete);
