namespace Wct.Net.Pipeline;

/// <summary>Tells when the outputs of steps can be freed: after the last step that reads them.</summary>
internal sealed class Lifetimes
{
    // Indexed by the step's index + 1; entry 0 is the network's input.
    private readonly int[] _lastReaders;

    /// <param name="steps">The steps that run, in order.</param>
    /// <param name="kept">Steps whose outputs are never freed.</param>
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

    /// <summary>Whether this step is the last one that reads the input.</summary>
    internal bool EndsWith(NetworkStep step, int input) => _lastReaders[input + 1] == step.Index;
}
