using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>Holds the outputs of steps, each until the last step that reads it has run. Disposing frees the remaining ones.</summary>
/// <param name="steps">The steps that will run, in order.</param>
/// <param name="kept">Steps whose outputs are held until <see cref="Take"/>.</param>
/// <param name="borrowed">The network's input if the caller owns it; null if it is held like other outputs.</param>
internal sealed class LiveOutputs(NetworkStep[] steps, ReadOnlySpan<int> kept, Tensor? borrowed = null) : IDisposable
{
    private readonly Lifetimes _lifetimes = new(steps, kept);

    // Indexed by the step's index + 1; entry 0 is the network's input.
    private readonly Tensor?[] _tensors = new Tensor?[steps[^1].Index + 2];

    /// <summary>Holds an output and takes ownership of it.</summary>
    internal void Hold(int step, Tensor output) => _tensors[step + 1] = output;

    /// <summary>The output of a step, which stays held.</summary>
    internal Tensor Of(int step) => step == NetworkStep.NetworkInput && borrowed is not null ? borrowed : _tensors[step + 1]!;

    /// <summary>Frees the inputs of a step that no later step reads.</summary>
    internal void FreeInputs(NetworkStep step)
    {
        foreach (int input in step.Inputs)
        {
            if (_lifetimes.EndsWith(step, input))
                Take(input)?.Dispose();
        }
    }

    /// <summary>Passes ownership of a step's first input to the caller if no later step reads it, so that it can be overwritten; null
    /// otherwise, or if the caller of the network owns it.</summary>
    internal Tensor? TakeLast(NetworkStep step) => _lifetimes.EndsWith(step, step.Inputs[0]) ? Take(step.Inputs[0]) : null;

    /// <summary>Passes ownership of an output to the caller; null if it isn't held.</summary>
    internal Tensor? Take(int step)
    {
        Tensor? tensor = _tensors[step + 1];
        _tensors[step + 1] = null;
        return tensor;
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in _tensors)
            tensor?.Dispose();
        Array.Clear(_tensors);
    }
}
