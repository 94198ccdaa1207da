using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>Concatenates the channels of maps with the same sides.</summary>
public sealed record ConcatenateLayer : Layer
{
    // More than any network has. Repeated concatenations in a damaged file would overflow.
    private const int MostChannels = 1 << 16;

    private readonly string[] _inputs;

    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="inputs">The names of the maps that it reads, in the order of their channels; at least one.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public ConcatenateLayer(string name, params IEnumerable<string> inputs)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _inputs = [.. inputs];
        if (_inputs.Length == 0)
            throw new ArgumentException($"Layer '{name}' concatenates no maps.", nameof(inputs));
        foreach (string input in _inputs)
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => _inputs;

    /// <inheritdoc/>
    public override string Operation => "concatenate";

    /// <summary>Compares the names one by one.</summary>
    /// <param name="other">The other layer; null is not equal.</param>
    public bool Equals(ConcatenateLayer? other) => other is not null && Name == other.Name && _inputs.SequenceEqual(other._inputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _inputs.Length, _inputs[0]);

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion)
    {
        long sum = channels.Sum(count => (long)count);
        return sum <= MostChannels ? new Concatenating((int)sum, Name)
            : throw new ArgumentException($"Layer '{Name}' concatenates {sum} channels; at most {MostChannels} are possible.");
    }

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output) =>
        graph.Node("Concat", [.. inputs], output ?? Name, OnnxGraph.Integer("axis", 1));

    internal static ConcatenateLayer Parse(LayerLine line) => new(line.Name, line.Inputs);

    private sealed class Concatenating(int channels, string name) : Operation(channels)
    {
        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs)
        {
            TensorShape first = inputs[0];
            return inputs.All(input => input.WithChannels(1) == first.WithChannels(1)) ? first.WithChannels(Channels)
                : throw new ArgumentException($"Layer '{name}' concatenates maps of {string.Join(" and ", inputs)}.");
        }

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
            backend.Concatenate(inputs, output);
    }
}
