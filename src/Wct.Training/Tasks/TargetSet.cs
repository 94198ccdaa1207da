using Wct.Kernels;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>The targets of one picture by tap, and the memory that they need.</summary>
internal sealed class TargetSet(TrainingBackend backend) : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly List<IDisposable> _owned = [];

    /// <summary>The targets, for loss terms.</summary>
    internal LossTargets Targets => new(backend, _tensors);

    /// <summary>Adds a target; its memory stays the caller's, see <see cref="Own"/>.</summary>
    internal void Add(string tap, Tensor target) => _tensors.Add(tap, target);

    /// <summary>Takes over memory.</summary>
    internal T Own<T>(T memory)
        where T : IDisposable
    {
        _owned.Add(memory);
        return memory;
    }

    public void Dispose() => _owned.ForEach(memory => memory.Dispose());
}
