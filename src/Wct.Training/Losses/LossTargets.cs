using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>The targets of a network's outputs at each tap, for one picture.</summary>
/// <param name="backend">The backend of all tensors.</param>
/// <param name="tensors">The targets by tap. The caller disposes of them.</param>
public sealed class LossTargets(TrainingBackend backend, IReadOnlyDictionary<string, Tensor> tensors)
{
    /// <summary>The backend of all tensors.</summary>
    public TrainingBackend Backend { get; } = backend;

    /// <summary>The target at a tap, [C, h, w]; read-only.</summary>
    /// <param name="tap">The name of the tap.</param>
    /// <exception cref="ArgumentException">There is no target at this tap.</exception>
    public Tensor this[string tap] => Find(tensors, tap, "target");

    internal static Tensor Find(IReadOnlyDictionary<string, Tensor> tensors, string tap, string kind) =>
        tensors.TryGetValue(tap, out Tensor? tensor) ? tensor : throw new ArgumentException(
            $"There is no {kind} at '{tap}', only at {string.Join(", ", tensors.Keys.Order(StringComparer.Ordinal))}.", nameof(tap));
}
