using System.Globalization;

namespace Wct.Training;

/// <summary>Options of a training run. The defaults are published values: Adam with a rate of 1e-4, batches of 8, crops of 256
/// pixels.</summary>
public sealed record TrainingOptions
{
    /// <summary>The total number of steps, at least 1.</summary>
    public long Steps { get; init; } = 10000;

    /// <summary>Pictures per step, at least 1.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Width and height of the crops in pixels: a multiple of <see cref="Tasks.ITrainingTask.SizeMultiple"/>.</summary>
    public int Crop { get; init; } = 256;

    /// <summary>Pictures are resized so that the shorter side has this many pixels; at least <see cref="Crop"/>. 0 means 256, or the crop
    /// if it is larger.</summary>
    public int Side { get; init; }

    /// <summary>The largest learning rate.</summary>
    public double Rate { get; init; } = 1e-4;

    /// <summary>The learning rate schedule after the warm-up.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Constant;

    /// <summary>The number of steps at the start during which the rate rises linearly.</summary>
    public long WarmUp { get; init; }

    /// <summary>The largest norm of the gradient over all parameters (gradient clipping). A larger gradient is scaled down. 0 turns
    /// clipping off.</summary>
    public double Clip { get; init; }

    /// <summary>Seed of the random crops.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The folder for the run's files: checkpoint, losses, plot and samples.</summary>
    public required string Folder { get; init; }

    /// <summary>Steps between checkpoints, at least 1.</summary>
    public long CheckpointEvery { get; init; } = 200;

    /// <summary>Steps between updates of plot and samples, at least 1.</summary>
    public long SampleEvery { get; init; } = 1000;

    /// <summary>Time limit. After this time the run writes a checkpoint and ends; null for no limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Whether to resume from the folder's checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>Returns a text with everything that the weights of a run depend on. A run with another text can't resume its
    /// checkpoint.</summary>
    internal string Describe(string task, string pictures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{task}; {pictures}; steps {Steps}, batch {Batch}, crop {Crop} of {ActualSide}, "
        + $"rate {Rate} {Schedule} warm-up {WarmUp}, clip {Clip}, seed {Seed}");

    internal int ActualSide => Side == 0 ? Math.Max(256, Crop) : Side;
}
