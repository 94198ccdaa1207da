using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>Turns a table of layers into steps. Poolings are fused into the convolution before them and upsamplings into the one after
/// them, so that the large maps in between are never written.</summary>
internal sealed class StepPlan
{
    private readonly Dictionary<string, Layer> _layers;
    private readonly Dictionary<string, int> _readers;
    private readonly HashSet<string> _outputs;
    private readonly Dictionary<string, int> _made = [];
    private readonly List<NetworkStep> _steps = [];
    private readonly Backend _backend;
    private readonly int _inputChannels;

    private StepPlan(Backend backend, NetworkTable table, int inputChannels, IEnumerable<string> outputs)
    {
        (_backend, _inputChannels) = (backend, inputChannels);
        _layers = table.Layers.ToDictionary(layer => layer.Name);
        _readers = table.Layers.SelectMany(layer => layer.Inputs).CountBy(name => name).ToDictionary();
        _outputs = [.. outputs];
        _made[table.Input] = NetworkStep.NetworkInput;
    }

    /// <summary>The steps, in an order in which they can run.</summary>
    /// <param name="backend">Packs the weights when a step first uses them.</param>
    /// <param name="table">The layers.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    /// <param name="inputChannels">Channels of the network's input.</param>
    /// <param name="outputs">Layers whose outputs can be requested; nothing is fused across them.</param>
    /// <exception cref="ArgumentException">Channel counts don't match, or an output is not a layer.</exception>
    internal static NetworkStep[] Of(
        Backend backend, NetworkTable table, IReadOnlyDictionary<string, ConvolutionWeights> weights, int inputChannels,
        IReadOnlyCollection<string> outputs)
    {
        StepPlan plan = new(backend, table, inputChannels, outputs);
        if (outputs.FirstOrDefault(output => !plan._layers.ContainsKey(output)) is { } missing)
            throw new ArgumentException($"The network has no layer '{missing}'.", nameof(outputs));
        foreach (Layer layer in table.Layers)
            plan.Add(layer, weights);
        return [.. plan._steps];
    }

    private void Add(Layer layer, IReadOnlyDictionary<string, ConvolutionWeights> weights)
    {
        if (layer.Kind == LayerKind.Convolution)
        {
            Layer? before = _layers.GetValueOrDefault(layer.Input);
            bool upsamples = before is not null && GoesIntoReader(before);
            Add(layer, [upsamples ? before!.Input : layer.Input], weights[layer.Name], upsamples ? Fusion.UpsampleInput : Fusion.None);
        }
        else if (layer.Kind == LayerKind.MaxPool && GoesIntoInput(layer))
        {
            int at = _made[layer.Input];
            _steps[at] = _steps[at] with { Name = layer.Name, Fusion = _steps[at].Fusion | Fusion.PoolOutput };
            _made.Remove(layer.Input);
            _made.Add(layer.Name, at);
        }
        else if (!GoesIntoReader(layer))
        {
            Add(layer, [.. layer.Inputs], null, Fusion.None);
        }
    }

    private void Add(Layer layer, string[] names, ConvolutionWeights? weights, Fusion fusion)
    {
        int[] inputs = [.. names.Select(name => _made[name])];
        int[] channels = [.. inputs.Select(input => input < 0 ? _inputChannels : _steps[input].Channels)];
        int needed = weights?.InChannels ?? channels[0];
        if (channels.Any(count => count != needed))
            throw new ArgumentException(
                $"Layer '{layer.Name}' takes maps of {string.Join(" and ", channels)} channels, it needs {needed}.");
        _made.Add(layer.Name, _steps.Count);
        _steps.Add(new NetworkStep(
            _steps.Count, layer.Name, layer.Kind, inputs, weights?.OutChannels ?? needed,
            weights is null ? null : Pack(weights), layer.Relu ? Activation.Relu : Activation.None, fusion));
    }

    private PackedWeights Pack(ConvolutionWeights weights)
    {
        ConvolutionShape shape = new(weights.OutChannels, weights.InChannels, weights.KernelSize);
        return new PackedWeights(shape, () => _backend.PackConvolution(shape, weights.Weights.Span, weights.Bias.Span));
    }

    // Whether a layer is an upsampling that only one convolution reads.
    private bool GoesIntoReader(Layer layer) => layer.Kind == LayerKind.Upsample && HasOneReader(layer.Name)
        && _layers.Values.First(reader => reader.Inputs.Contains(layer.Name)).Kind == LayerKind.Convolution;

    // Whether a pooling's input is a convolution that no other layer reads.
    private bool GoesIntoInput(Layer layer) =>
        HasOneReader(layer.Input) && _layers.GetValueOrDefault(layer.Input) is { Kind: LayerKind.Convolution };

    private bool HasOneReader(string name) => _readers.GetValueOrDefault(name) == 1 && !_outputs.Contains(name);
}
