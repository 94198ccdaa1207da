using Wct.Net.Weights;

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

    /// <summary>The weight of the term in lists that give no weights, such as those of <see cref="PixelOptimizer"/>; at least 0.</summary>
    double Weight => 1;

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

/// <summary>A loss term with targets of its own, for example a painting's Gram matrices. They don't depend on the picture that is
/// trained or optimized.</summary>
public interface IPreparedLossTerm : ILossTerm
{
    /// <summary>Whether the term also reads <see cref="LossContext.Target"/>.</summary>
    bool ReadsTargets => false;

    /// <summary>Measures the targets. A run calls it once before its first step; an optimization that goes from coarse to fine calls it
    /// at each size.</summary>
    /// <param name="preparation">Runs the loss network on the term's pictures.</param>
    /// <returns>The targets. <see cref="LossContext.Prepared{T}"/> gives them to <see cref="ILossTerm.Evaluate"/>, and the run disposes of
    /// them. The term itself doesn't change, so several runs may share it.</returns>
    IDisposable Prepare(LossPreparation preparation);
}

/// <summary>Targets that depend on the picture as it was some steps ago, such as matches of patches.</summary>
internal interface ISteppedTargets : IDisposable
{
    /// <summary>Called before each step of an optimization.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    /// <returns>Whether the next evaluation renews the targets, so that the loss changes.</returns>
    bool BeginStep(long step);

    /// <summary>Lets the next evaluation renew the targets.</summary>
    void Renew();

    /// <summary>The state that a checkpoint needs besides the pictures.</summary>
    IEnumerable<NamedTensor> State();

    /// <summary>Restores the state of a checkpoint.</summary>
    void Restore(TensorArchive archive);
}
