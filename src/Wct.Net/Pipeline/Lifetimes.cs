namespace Wct.Net.Pipeline;

/// <summary>How long the outputs of steps are needed: until the last step that reads them has run.</summary>
internal sealed class Lifetimes
{
    // By the step's index, after the network's input.
    private readonly int[] _lastReaders;

    /// <param name="steps">The steps that run, in order.</param>
    /// <param name="kept">Steps whose outputs stay.</param>
    internal Lifetimes(NetworkStep[] steps, ReadOnlySpan<int> kept)
    {
        _lastReaders = new int[steps[^1].Index + 2];
        foreach (NetworkStep step in steps)
        {
            foreach (int input in step.Inputs)
                _lastReaders[input + 1] = step.Index;
        }

        foreach (int step in kept)
            _lastReaders[step + 1] = int.MaxValue;
    }

    /// <summary>Whether no step behind this one reads one of its inputs.</summary>
    internal bool EndsWith(NetworkStep step, int input) => _lastReaders[input + 1] == step.Index;
}
