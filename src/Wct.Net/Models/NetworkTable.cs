using Wct.Net.Models.Layers;

namespace Wct.Net.Models;

/// <summary>A network as a table of layers, each of which names the maps that it reads. It has no weights.</summary>
public sealed class NetworkTable
{
    private readonly Layer[] _layers;

    /// <summary>Checks the layers.</summary>
    /// <param name="input">The name of the network's input: "image".</param>
    /// <param name="layers">In an order in which they can run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> or <paramref name="layers"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no layer, two layers have the same name, a layer reads a map that no earlier layer
    /// makes, or its settings are out of range.</exception>
    public NetworkTable(string input, IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(layers);
        (Input, _layers) = (input, [.. layers]);
        if (_layers.Length == 0)
            throw new ArgumentException("A network needs a layer.", nameof(layers));
        if (_layers.Contains(null!))
            throw new ArgumentException("A layer is null.", nameof(layers));
        HashSet<string> made = [input];
        foreach (Layer layer in _layers)
        {
            if (layer.Inputs.FirstOrDefault(name => !made.Contains(name)) is { } missing)
                throw new ArgumentException($"Layer '{layer.Name}' takes '{missing}', which no earlier layer makes.", nameof(layers));
            if (layer.Problem is { } problem)
                throw new ArgumentException($"Layer '{layer.Name}' ({layer.Operation}): {problem}.", nameof(layers));
            if (!made.Add(layer.Name))
                throw new ArgumentException($"Two maps are called '{layer.Name}'.", nameof(layers));
        }
    }

    /// <summary>The name of the network's input.</summary>
    public string Input { get; }

    /// <summary>The layers, in the order in which they run.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Names of the convolutions, in order.</summary>
    // Not OfType: in programs compiled ahead of time, Select of its results is built at run time, which costs time at each start.
    public IEnumerable<string> Convolutions => _layers.Where(layer => layer is ConvolutionLayer).Select(layer => layer.Name);

    /// <summary>The network after a layer, whose output becomes the input.</summary>
    /// <param name="layer">The name of a layer.</param>
    /// <exception cref="ArgumentException">There is no such layer, no layer follows it, or a later layer reads a map from before
    /// it.</exception>
    public NetworkTable After(string layer) => new(layer, _layers[(IndexOf(layer) + 1)..]);

    /// <summary>The network up to and including a layer.</summary>
    /// <param name="layer">The name of a layer.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public NetworkTable UpTo(string layer) => new(Input, _layers[..(IndexOf(layer) + 1)]);

    private int IndexOf(string layer)
    {
        int index = Array.FindIndex(_layers, candidate => candidate.Name == layer);
        return index >= 0 ? index : throw new ArgumentException($"The network has no layer '{layer}'.", nameof(layer));
    }
}
