namespace Wct.Training;

/// <summary>How long and how a run trains. The defaults are the published ones: Adam with 1e-4, batches of 8, crops of 256.</summary>
public sealed record TrainingOptions
{
    /// <summary>Steps in all.</summary>
    public long Steps { get; init; } = 10000;

    /// <summary>Pictures per step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Sides of the crops, in pixels.</summary>
    public int Crop { get; init; } = 256;

    /// <summary>Pixels that pictures' shorter sides are resized to; 0 takes 256, or the crop where that is larger.</summary>
    public int Side { get; init; }

    /// <summary>Learning rate, at its largest.</summary>
    public double Rate { get; init; } = 1e-4;

    /// <summary>Course of the learning rate.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Constant;

    /// <summary>Steps over which the rate rises.</summary>
    public long WarmUp { get; init; }

    /// <summary>Gradients whose norm, over all parameters, is larger are scaled down to it; 0 leaves them.</summary>
    public double Clip { get; init; }

    /// <summary>Seed of the crops.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where checkpoints, curves and samples go.</summary>
    public required string Folder { get; init; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    public long CheckpointEvery { get; init; } = 200;

    /// <summary>Steps from one judgment on held-out pictures, with samples, to the next.</summary>
    public long SampleEvery { get; init; } = 1000;

    /// <summary>The run ends after this time, with a checkpoint; null for all steps.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Whether to go on from the folder's checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>What decides the weights of a run, in words: a checkpoint of another one can't be resumed.</summary>
    internal string Describe(string task, string pictures) => FormattableString.Invariant(
        $"{task}; {pictures}; steps {Steps}, batch {Batch}, crop {Crop} of {ActualSide}, rate {Rate} {Schedule} warm-up {WarmUp}, clip {Clip}, seed {Seed}");

    internal int ActualSide => Side == 0 ? Math.Max(256, Crop) : Side;
}
