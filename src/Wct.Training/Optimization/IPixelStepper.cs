using Wct.Kernels;
using Wct.Net.Weights;

namespace Wct.Training.Optimization;

/// <summary>An optimizer of one picture.</summary>
internal interface IPixelStepper : IDisposable
{
    /// <summary>The current picture, [3, H, W]; read-only.</summary>
    Tensor Picture { get; }

    /// <summary>The total loss of the current picture.</summary>
    double Value { get; }

    /// <summary>Runs one step. The last evaluation is then that of the new picture.</summary>
    /// <returns>False if no better picture can be found; the picture is then unchanged.</returns>
    /// <exception cref="OperationCanceledException">Canceled; the picture is unchanged.</exception>
    bool Step(CancellationToken cancellationToken);

    /// <summary>Evaluates the current picture, at the start or after the loss changed.</summary>
    void Evaluate();

    /// <summary>Everything that the next step depends on, for a checkpoint.</summary>
    IEnumerable<NamedTensor> State();

    /// <summary>Restores the state of a checkpoint.</summary>
    /// <param name="archive">The checkpoint.</param>
    /// <param name="value">The total loss of its picture.</param>
    void Restore(TensorArchive archive, double value);
}
