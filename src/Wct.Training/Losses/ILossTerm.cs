namespace Wct.Training.Losses;

/// <summary>One term of a loss. It computes its value and its gradient for one picture. Implement it to train with your own loss.</summary>
/// <remarks>
/// A training task sums weighted terms (<see cref="WeightedLoss"/>). The task runs the networks forward and backward. Logs, plots, progress
/// reports and checkpoints use the term's name. Several threads evaluate a term at the same time, each with its own context.
/// </remarks>
public interface ILossTerm
{
    /// <summary>The name in logs and plots: letters, digits, '_', '-' and '.'. Unique within a task; not "step", "rate" or
    /// "loss".</summary>
    string Name { get; }

    /// <summary>The taps that the term reads: <see cref="LossTap.Picture"/>, or taps of a network (<see cref="LossTap.Level"/>).</summary>
    IReadOnlyList<string> Taps { get; }

    /// <summary>A text with everything that the term's values depend on: its name and its settings. A checkpoint stores it, and a run with
    /// another description can't resume that checkpoint.</summary>
    string Description => Name;

    /// <summary>Computes weight·loss for one picture, and adds weight·gradient at the taps.</summary>
    /// <param name="context">Outputs and targets at <see cref="Taps"/>; receives the gradients with respect to the outputs.</param>
    /// <param name="weight">Multiplies value and gradient; above 0.</param>
    /// <returns>The value, weight·loss.</returns>
    double Evaluate(LossContext context, double weight);
}

/// <summary>A loss term that reads the targets of a few pictures before the first step, for example to normalize by their
/// variance.</summary>
public interface IMeasuringLossTerm : ILossTerm
{
    /// <summary>Discards earlier measurements.</summary>
    void BeginMeasure();

    /// <summary>Measures the targets of one picture. A resumed run measures the same pictures in the same order again.</summary>
    /// <param name="targets">Targets at the term's taps; valid during the call.</param>
    /// <param name="share">1 / number of measured pictures, to average over them.</param>
    void Measure(LossTargets targets, double share);
}
