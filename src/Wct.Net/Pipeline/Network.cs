using System.Collections.Concurrent;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Runs a table of layers forward on a backend.</summary>
/// <remarks>Weights are packed for the backend when a layer is first used.</remarks>
internal sealed partial class Network : IDisposable
{
    private readonly Backend _backend;
    private readonly NetworkStep[] _steps;
    private readonly int _inputChannels;

    // Keyed by the names of the requested outputs.
    private readonly ConcurrentDictionary<string, NetworkStep[]> _stepsFor = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<GridRun>> _runs = [];

    /// <param name="backend">The backend that computes.</param>
    /// <param name="table">The layers.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    /// <param name="inputChannels">Channels of the network's input.</param>
    /// <param name="outputs">Layers whose outputs can be requested.</param>
    /// <exception cref="ArgumentException">Channel counts don't match, or an output is not a layer.</exception>
    internal Network(
        Backend backend, NetworkTable table, IReadOnlyDictionary<string, ConvolutionWeights> weights, int inputChannels,
        IReadOnlyCollection<string> outputs)
    {
        (_backend, _inputChannels) = (backend, inputChannels);
        _steps = StepPlan.Of(backend, table, weights, inputChannels, outputs);
    }

    /// <summary>Number of additions and multiplications up to a layer, for an input of that size.</summary>
    internal double Operations(TensorShape input, string output) =>
        StepShape.Of(StepsFor([output]), input).Sum(step => step.Step.Operations(step.Input));

    /// <summary>Runs the layers.</summary>
    /// <param name="input">The network's input, which the caller keeps owning.</param>
    /// <param name="outputs">The layers whose outputs to return, in the table's order.</param>
    /// <param name="clamp">Whether the last of them, a convolution, clamps its output to 0..1.</param>
    /// <param name="first">Replaces the first layer's weights, if given.</param>
    /// <param name="done">Called after each layer with the number of operations it took; null for no calls.</param>
    /// <param name="cancellationToken">Checked before each layer.</param>
    /// <returns>The outputs; the caller disposes of them.</returns>
    internal Tensor[] Run(
        Tensor input, IReadOnlyCollection<string> outputs, bool clamp, Convolution? first, Action<double>? done,
        CancellationToken cancellationToken)
    {
        NetworkStep[] steps = StepsFor(outputs);
        int[] kept = [.. outputs.Select(StepOf)];
        using LiveOutputs live = new(steps, kept, input);
        _backend.RunReplayable(() => Run(steps, live, _backend.Allocate, clamp ? kept[^1] : null, first, done, cancellationToken));
        return [.. kept.Select(output => live.Take(output)!)];
    }

    /// <summary>Frees the packed weights. They are packed again when next used.</summary>
    public void Dispose()
    {
        foreach (NetworkStep step in _steps)
            step.Weights?.Drop();
    }

    private void Run(
        NetworkStep[] steps, LiveOutputs live, Func<TensorShape, Tensor> allocate, int? clamped, Convolution? first,
        Action<double>? done, CancellationToken cancellationToken)
    {
        foreach (NetworkStep step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TensorShape shape = live.Of(step.Inputs[0]).Shape;
            Tensor output = allocate(step.After(shape));
            live.Hold(step.Index, output);
            step.Run(_backend, live, step.Index == 0 ? first : null, step.Index == clamped, output);
            live.FreeInputs(step);
            // Calls code of the application, which may throw.
            done?.Invoke(step.Operations(shape));
        }
    }

    // The steps that these outputs depend on, in order.
    private NetworkStep[] StepsFor(IReadOnlyCollection<string> outputs) => _stepsFor.GetOrAdd(string.Join(' ', outputs), _ =>
    {
        HashSet<int> needed = [.. outputs.Select(StepOf)];
        List<NetworkStep> steps = [];
        for (int i = needed.Max(); i >= 0; i--)
        {
            if (!needed.Contains(i))
                continue;
            steps.Add(_steps[i]);
            needed.UnionWith(_steps[i].Inputs);
        }

        steps.Reverse();
        return [.. steps];
    });

    private int StepOf(string output)
    {
        int step = Array.FindIndex(_steps, candidate => candidate.Name == output);
        return step >= 0 ? step
            : throw new ArgumentException($"The network doesn't keep the output of a layer '{output}'.", nameof(output));
    }
}
