using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>A chain of layers, its weights arranged for a backend.</summary>
/// <remarks>Pooling goes into the convolution before it, enlargement into the one behind it: the large maps between are never written.</remarks>
internal sealed class Network : IDisposable
{
    private readonly Backend _backend;
    private readonly List<Step> _steps = [];

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
                _steps.Add(new Step(layer.Name, Prepare(weights[layer.Name]), layer.Relu ? Activation.Relu : Activation.None, before));
                before = Fusion.None;
            }
        }
    }

    /// <summary>Additions and multiplications up to a tap, for an input of that size.</summary>
    internal double Operations(TensorShape input, string tap)
    {
        TensorShape shape = input;
        double sum = 0;
        foreach (Step step in _steps)
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
    /// <param name="done">Told the operations done after each layer.</param>
    /// <returns>The taps' outputs in the table's order; the caller disposes of them.</returns>
    internal Tensor[] Run(Tensor input, IReadOnlyCollection<string> taps, bool clamp, Action<double>? done, CancellationToken cancellation)
    {
        List<Tensor> outputs = new(taps.Count);
        Tensor current = input;
        try
        {
            foreach (Step step in _steps)
            {
                cancellation.ThrowIfCancellationRequested();
                bool isTap = taps.Contains(step.Name), isLast = isTap && outputs.Count == taps.Count - 1;
                Tensor next = _backend.Allocate(step.After(current.Shape));
                try
                {
                    _backend.Convolve(current, step.Convolution, isLast && clamp ? Activation.Clamp : step.Activation, next, step.Fusion);
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
                    return [.. outputs];
            }

            throw new InvalidOperationException($"The network has no layers {string.Join(", ", taps)} in that order.");
        }
        catch
        {
            if (current != input && !outputs.Contains(current))
                current.Dispose();
            outputs.ForEach(output => output.Dispose());
            throw;
        }
    }

    public void Dispose() => _steps.ForEach(step => step.Convolution.Dispose());

    private Convolution Prepare(ConvolutionWeights weights) =>
        _backend.Prepare(new ConvolutionShape(weights.OutChannels, weights.InChannels, weights.KernelSize), weights.Weights, weights.Bias);

    /// <summary>A convolution and what is fused with it.</summary>
    private sealed record Step(string Name, Convolution Convolution, Activation Activation, Fusion Fusion)
    {
        internal TensorShape After(TensorShape input)
        {
            TensorShape full = Full(input).WithChannels(Convolution.Shape.OutChannels);
            return Fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full;
        }

        internal double Operations(TensorShape input) => Convolution.Shape.Operations(Full(input).Height, Full(input).Width);

        private TensorShape Full(TensorShape input) => Fusion.HasFlag(Fusion.UpsampleInput) ? input.Upsampled : input;
    }
}
