using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>A chain of layers, its weights arranged for a backend.</summary>
internal sealed class Network : IDisposable
{
    private readonly Backend _backend;
    private readonly (Layer Layer, Convolution? Convolution)[] _steps;

    /// <param name="layers">The table.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    internal Network(Backend backend, IEnumerable<Layer> layers, IReadOnlyDictionary<string, ConvolutionWeights> weights)
    {
        _backend = backend;
        _steps = [.. layers.Select(layer => (layer, layer.Kind == LayerKind.Convolution ? Prepare(weights[layer.Name]) : null))];
    }

    /// <summary>Additions and multiplications up to a tap, for an input of that size.</summary>
    internal double Operations(TensorShape input, string tap)
    {
        TensorShape shape = input;
        double sum = 0;
        foreach ((Layer layer, Convolution? convolution) in _steps)
        {
            sum += convolution?.Shape.Operations(shape.Height, shape.Width) ?? 0;
            if (layer.Name == tap)
                break;
            shape = After(layer, convolution, shape);
        }

        return sum;
    }

    /// <summary>Runs the chain.</summary>
    /// <param name="input">The first layer's input; stays the caller's.</param>
    /// <param name="taps">Names of the layers whose outputs are wanted; the chain ends at the last of them.</param>
    /// <param name="clamp">Whether the last layer's output is clamped to 0..1.</param>
    /// <param name="done">Told the operations done after each layer.</param>
    /// <returns>The taps' outputs in the table's order; the caller disposes of them.</returns>
    internal Tensor[] Run(Tensor input, IReadOnlyCollection<string> taps, bool clamp, Action<double>? done, CancellationToken cancellation)
    {
        List<Tensor> outputs = new(taps.Count);
        Tensor current = input;
        try
        {
            foreach ((Layer layer, Convolution? convolution) in _steps)
            {
                cancellation.ThrowIfCancellationRequested();
                bool isTap = taps.Contains(layer.Name), isLast = isTap && outputs.Count == taps.Count - 1;
                Tensor next = _backend.Allocate(After(layer, convolution, current.Shape));
                try
                {
                    RunLayer(layer, convolution, current, next, isLast && clamp);
                }
                catch
                {
                    next.Dispose();
                    throw;
                }

                done?.Invoke(convolution?.Shape.Operations(current.Shape.Height, current.Shape.Width) ?? 0);
                if (current != input && !outputs.Contains(current))
                    current.Dispose();
                current = next;
                if (isTap)
                    outputs.Add(current);
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

    public void Dispose()
    {
        foreach ((_, Convolution? convolution) in _steps)
            convolution?.Dispose();
    }

    private void RunLayer(Layer layer, Convolution? convolution, Tensor input, Tensor output, bool clamp)
    {
        if (convolution is not null)
            _backend.Convolve(input, convolution, clamp ? Activation.Clamp : layer.Relu ? Activation.Relu : Activation.None, output);
        else if (layer.Kind == LayerKind.MaxPool)
            _backend.MaxPool(input, output);
        else
            _backend.Upsample(input, output);
    }

    private static TensorShape After(Layer layer, Convolution? convolution, TensorShape shape) => layer.Kind switch
    {
        LayerKind.Convolution => shape.WithChannels(convolution!.Shape.OutChannels),
        LayerKind.MaxPool => shape.Pooled,
        _ => shape.Upsampled,
    };

    private Convolution Prepare(ConvolutionWeights weights) =>
        _backend.Prepare(new ConvolutionShape(weights.OutChannels, weights.InChannels, weights.KernelSize), weights.Weights, weights.Bias);
}
