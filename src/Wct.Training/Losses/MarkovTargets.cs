using Wct.Kernels;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Training.Losses;

/// <summary>The style's patches that the patches of a picture were matched with, at each tap.</summary>
/// <param name="backend">The backend of the features.</param>
/// <param name="name">The name of the loss, for checkpoints.</param>
/// <param name="matchEvery">The number of steps from one matching to the next.</param>
internal sealed class MarkovTargets(TrainingBackend backend, string name, int matchEvery) : ISteppedTargets
{
    private readonly Dictionary<string, MatchedPatches> _taps = [];

    /// <summary>The matches at a tap.</summary>
    internal MatchedPatches this[string tap] => _taps[tap];

    /// <summary>Adds a tap. The patches are disposed of with this object.</summary>
    internal void Add(string tap, PatchSearch patches, TensorShape shape) =>
        _taps.Add(tap, new MatchedPatches(backend, patches, shape));

    /// <inheritdoc/>
    public bool BeginStep(long step)
    {
        // The first evaluation matches anyway.
        if (step == 1 || (step - 1) % matchEvery != 0)
            return false;
        Renew();
        return true;
    }

    /// <inheritdoc/>
    public void Renew()
    {
        foreach (MatchedPatches tap in _taps.Values)
            tap.Renew();
    }

    /// <inheritdoc/>
    public IEnumerable<NamedTensor> State() => _taps.Select(tap => tap.Value.State($"{name}.{tap.Key}"));

    /// <inheritdoc/>
    public void Restore(TensorArchive archive)
    {
        foreach ((string tap, MatchedPatches patches) in _taps)
            patches.Restore(archive, $"{name}.{tap}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MatchedPatches tap in _taps.Values)
            tap.Dispose();
    }
}
