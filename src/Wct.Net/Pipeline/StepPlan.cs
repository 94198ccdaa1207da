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
    /// <param name="weights">The weights of all layers.</param>
    /// <param name="inputChannels">Channels of the network's input.</param>
    /// <param name="outputs">Layers whose outputs can be requested; nothing is fused across them.</param>
    /// <exception cref="ArgumentException">Weights are missing, channel counts don't match, or an output is not a layer.</exception>
    internal static NetworkStep[] Of(
        Backend backend, NetworkTable table, NetworkWeights weights, int inputChannels, IReadOnlyCollection<string> outputs)
    {
        StepPlan plan = new(backend, table, inputChannels, outputs);
        if (outputs.FirstOrDefault(output => !plan._layers.ContainsKey(output)) is { } missing)
            throw new ArgumentException($"The network has no layer '{missing}'.", nameof(outputs));
        foreach (Layer layer in table.Layers)
            plan.Add(layer, weights);
        return [.. plan._steps];
    }

    private void Add(Layer layer, NetworkWeights weights)
    {
        if (_made.TryGetValue(layer.Inputs[0], out int at) && at >= 0 && GoesIntoInput(layer))
        {
            _steps[at] = _steps[at] with { Name = layer.Name, Operation = _steps[at].Operation.With(layer.FusesWithInput) };
            _made.Remove(layer.Inputs[0]);
            _made.Add(layer.Name, at);
        }
        else if (!GoesIntoReader(layer))
        {
            Layer? before = _layers.GetValueOrDefault(layer.Inputs[0]);
            bool fuses = before is not null && GoesIntoReader(before);
            Add(layer, fuses ? before!.Inputs : layer.Inputs, weights, fuses ? before!.FusesWithReader : Fusion.None);
        }
    }

    private void Add(Layer layer, IReadOnlyList<string> names, NetworkWeights weights, Fusion fusion)
    {
        int[] inputs = [.. names.Select(name => _made[name])];
        int[] channels = [.. inputs.Select(input => input < 0 ? _inputChannels : _steps[input].Operation.Channels)];
        _made.Add(layer.Name, _steps.Count);
        _steps.Add(new NetworkStep(_steps.Count, layer.Name, inputs, layer.Prepare(_backend, weights, channels, fusion)));
    }

    // Whether only one layer reads a layer, and that layer does its work too.
    private bool GoesIntoReader(Layer layer) => layer.FusesWithReader != Fusion.None && HasOneReader(layer.Name)
        && _layers.Values.First(reader => reader.Inputs.Contains(layer.Name)).Accepts.HasFlag(layer.FusesWithReader);

    // Whether the layer that a layer reads does its work too, and no other layer reads that.
    private bool GoesIntoInput(Layer layer) => layer.FusesWithInput != Fusion.None && HasOneReader(layer.Inputs[0])
        && _layers[layer.Inputs[0]].Accepts.HasFlag(layer.FusesWithInput);

    private bool HasOneReader(string name) => _readers.GetValueOrDefault(name) == 1 && !_outputs.Contains(name);
}
