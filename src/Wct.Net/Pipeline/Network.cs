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
    /// <param name="weights">The weights of all layers.</param>
    /// <param name="inputChannels">Channels of the network's input.</param>
    /// <param name="outputs">Layers whose outputs can be requested.</param>
    /// <exception cref="ArgumentException">Weights are missing, channel counts don't match, or an output is not a layer.</exception>
    internal Network(
        Backend backend, NetworkTable table, NetworkWeights weights, int inputChannels, IReadOnlyCollection<string> outputs)
    {
        (_backend, _inputChannels) = (backend, inputChannels);
        _steps = StepPlan.Of(backend, table, weights, inputChannels, outputs);
    }

    /// <summary>Number of additions and multiplications up to a layer, for an input of that size.</summary>
    internal double Operations(TensorShape input, string output) =>
        StepShape.Of(StepsFor([output]), input).Sum(step => step.Work);

    /// <summary>The steps up to a layer with the shapes of their maps, for an input of that size.</summary>
    /// <exception cref="ArgumentException">The shapes of a layer's inputs don't fit together.</exception>
    internal StepShape[] Shapes(TensorShape input, string output) => [.. StepShape.Of(StepsFor([output]), input)];

    /// <summary>The shape of a layer's output, for an input of that size.</summary>
    /// <exception cref="ArgumentException">The shapes of a layer's inputs don't fit together.</exception>
    internal TensorShape OutputShape(TensorShape input, string output) => StepShape.Of(StepsFor([output]), input).Last().Output;

    /// <summary>Upper bound in bytes for a run up to a layer: maps, scratch memory, and packed weights.</summary>
    internal long PeakBytes(TensorShape input, string output)
    {
        NetworkStep[] steps = StepsFor([output]);
        Lifetimes lifetimes = new(steps, [steps[^1].Index]);
        Dictionary<int, long> live = new() { [NetworkStep.NetworkInput] = _backend.BytesOf(input) };
        long peak = 0, weights = 0;
        foreach ((NetworkStep step, TensorShape[] from, TensorShape to) in StepShape.Of(steps, input))
        {
            weights += step.Operation.WeightBytes(_backend);
            if (step.Operation.CanOverwrite && step.Inputs[0] != NetworkStep.NetworkInput && lifetimes.EndsWith(step, step.Inputs[0]))
                live.Remove(step.Inputs[0]);
            live.Add(step.Index, _backend.BytesOf(to));
            peak = Math.Max(peak, live.Values.Sum() + step.Operation.ScratchBytes(_backend, from));
            // The caller owns the network's input.
            foreach (int ended in step.Inputs.Where(own => own != NetworkStep.NetworkInput && lifetimes.EndsWith(step, own)))
                live.Remove(ended);
        }

        return peak + weights;
    }

    /// <summary>Runs the layers.</summary>
    /// <param name="input">The network's input, which the caller keeps owning.</param>
    /// <param name="outputs">The layers whose outputs to return, in the table's order.</param>
    /// <param name="clamp">Whether the last of them, a convolution, clamps its output to 0..1.</param>
    /// <param name="first">Replaces the first layer's weights, if given.</param>
    /// <param name="done">Called after each layer with the number of operations it took; null for no calls.</param>
    /// <param name="cancellationToken">Checked before each layer.</param>
    /// <param name="settings">What the run chooses; null for the first style.</param>
    /// <returns>The outputs; the caller disposes of them.</returns>
    internal Tensor[] Run(
        Tensor input, IReadOnlyCollection<string> outputs, bool clamp, Convolution? first, Action<double>? done,
        CancellationToken cancellationToken, NetworkSettings? settings = null)
    {
        NetworkStep[] steps = StepsFor(outputs);
        int[] kept = [.. outputs.Select(StepOf)];
        using LiveOutputs live = new(steps, kept, input);
        RunReplayable(steps, () => Run(
            steps, live, _backend.Allocate, clamp ? kept[^1] : null, first, settings ?? NetworkSettings.Default, done, cancellationToken));
        return [.. kept.Select(output => live.Take(output)!)];
    }

    /// <summary>Frees the packed weights. They are packed again when next used.</summary>
    public void Dispose()
    {
        foreach (NetworkStep step in _steps)
            step.Operation.Drop();
    }

    private void Run(
        NetworkStep[] steps, LiveOutputs live, Func<TensorShape, Tensor> allocate, int? clamped, Convolution? first,
        NetworkSettings settings, Action<double>? done, CancellationToken cancellationToken)
    {
        foreach (NetworkStep step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor[] inputs = Array.ConvertAll(step.Inputs, live.Of);
            TensorShape[] shapes = Array.ConvertAll(inputs, input => input.Shape);
            Tensor output = step.Operation.CanOverwrite && live.TakeLast(step) is { } last
                ? last : allocate(step.Operation.Output(shapes));
            live.Hold(step.Index, output);
            step.Operation.Run(_backend, inputs, new StepRun(step.Index == 0 ? first : null, step.Index == clamped, settings), output);
            live.FreeInputs(step);
            // Calls code of the application, which may throw.
            done?.Invoke(step.Operation.Work(shapes));
        }
    }

    // Groups the steps, unless one needs the host.
    private void RunReplayable(NetworkStep[] steps, Action run)
    {
        if (steps.All(step => step.Operation.IsReplayable))
            _backend.RunReplayable(run);
        else
            run();
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
