using Wct.Kernels;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>The targets of one picture by tap. It owns their memory, if it was passed to <see cref="Own"/>.</summary>
internal sealed class TargetSet(TrainingBackend backend) : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly List<IDisposable> _owned = [];

    /// <summary>The targets, for loss terms.</summary>
    internal LossTargets Targets => new(backend, _tensors);

    /// <summary>Adds a target. The caller disposes of it, unless it was passed to <see cref="Own"/>.</summary>
    internal void Add(string tap, Tensor target) => _tensors.Add(tap, target);

    /// <summary>Takes ownership of memory, and returns it.</summary>
    internal T Own<T>(T memory)
        where T : IDisposable
    {
        _owned.Add(memory);
        return memory;
    }

    public void Dispose() => _owned.ForEach(memory => memory.Dispose());
}
