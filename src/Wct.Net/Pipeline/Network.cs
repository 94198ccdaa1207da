using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>A chain of layers, its weights packed for a backend.</summary>
/// <remarks>
/// Weights are packed for the backend when a layer is first used. Pooling goes into the convolution before it, enlargement into the one
/// behind it: the large maps between are never written.
/// </remarks>
internal sealed partial class Network : IDisposable
{
    private readonly Backend _backend;
    private readonly List<NetworkStep> _steps = [];

    /// <param name="layers">The table.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    internal Network(Backend backend, IEnumerable<Layer> layers, IReadOnlyDictionary<string, ConvolutionWeights> weights)
    {
        _backend = backend;
        Fusion before = Fusion.None;
        foreach (Layer layer in layers)
        {
            if (layer.Kind == LayerKind.Upsample)
            {
                before = Fusion.UpsampleInput;
            }
            else if (layer.Kind == LayerKind.MaxPool)
            {
                _steps[^1] = _steps[^1] with { Fusion = _steps[^1].Fusion | Fusion.PoolOutput };
            }
            else
            {
                ConvolutionWeights own = weights[layer.Name];
                Activation activation = layer.Relu ? Activation.Relu : Activation.None;
                _steps.Add(new NetworkStep(layer.Name, Shape(own),
                    new PackedWeights(() => backend.Prepare(Shape(own), own.Weights, own.Bias)), activation, before));
                before = Fusion.None;
            }
        }
    }

    /// <summary>Additions and multiplications up to a tap, for an input of that size.</summary>
    internal double Operations(TensorShape input, string tap)
    {
        TensorShape shape = input;
        double sum = 0;
        foreach (NetworkStep step in _steps)
        {
            sum += step.Operations(shape);
            if (step.Name == tap)
                break;
            shape = step.After(shape);
        }

        return sum;
    }

    /// <summary>Runs the chain.</summary>
    /// <param name="input">The first layer's input; stays the caller's.</param>
    /// <param name="taps">Convolutions whose outputs are wanted, none of them pooled; the chain ends at the last of them.</param>
    /// <param name="clamp">Whether the last layer's output is clamped to 0..1.</param>
    /// <param name="first">Stands in for the first layer's weights, if given.</param>
    /// <param name="done">Told the operations done after each layer.</param>
    /// <returns>The taps' outputs in the table's order; the caller disposes of them.</returns>
    internal Tensor[] Run(
        Tensor input, IReadOnlyCollection<string> taps, bool clamp, Convolution? first, Action<double>? done,
        CancellationToken cancellation)
    {
        List<Tensor> outputs = new(taps.Count);
        Tensor current = input;
        try
        {
            _backend.RunReplayable(() =>
            {
                foreach (NetworkStep step in _steps)
                {
                    cancellation.ThrowIfCancellationRequested();
                    bool isTap = taps.Contains(step.Name), isLast = isTap && outputs.Count == taps.Count - 1;
                    Tensor next = _backend.Allocate(step.After(current.Shape));
                    try
                    {
                        _backend.Convolve(current, Weights(step, first), isLast && clamp ? Activation.Clamp
                            : step.Activation, next, step.Fusion);
                    }
                    catch
                    {
                        next.Dispose();
                        throw;
                    }

                    double operations = step.Operations(current.Shape);
                    if (current != input && !outputs.Contains(current))
                        current.Dispose();
                    current = next;
                    if (isTap)
                        outputs.Add(current);
                    // May throw, as any code of others: by now all tensors have an owner.
                    done?.Invoke(operations);
                    if (isLast)
                        return;
                }

                throw new InvalidOperationException($"The network has no layers {string.Join(", ", taps)} in that order.");
            });
            return [.. outputs];
        }
        catch
        {
            if (current != input && !outputs.Contains(current))
                current.Dispose();
            outputs.ForEach(output => output.Dispose());
            throw;
        }
    }

    /// <summary>Frees the weights as the backend wants them; they are packed again when next used.</summary>
    public void Dispose() => _steps.ForEach(step => step.Weights.Drop());

    private Convolution Weights(NetworkStep step, Convolution? first) =>
        first is not null && step == _steps[0] ? first : step.Weights.Value;

    private static ConvolutionShape Shape(ConvolutionWeights weights) => new(weights.OutChannels, weights.InChannels, weights.KernelSize);
}
