namespace Wct.Training;

/// <summary>Where a run is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Losses">Means over the last steps, named as the task does.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="PicturesPerSecond">Since the report before.</param>
/// <param name="Left">Time to the end, as far as the speed so far tells.</param>
public sealed record TrainingProgress(
    long Step, long Steps, IReadOnlyList<(string Name, double Value)> Losses, double Rate, double PicturesPerSecond, TimeSpan Left);

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Complete">Whether that is all of them.</param>
public readonly record struct TrainingResult(long Step, bool Complete);
