namespace Wct.Net.Models;

/// <summary>One layer of a network: an operation on the outputs of earlier layers.</summary>
/// <param name="Kind">The operation.</param>
/// <param name="Name">The name of its output: "conv3_2", "pool2".</param>
/// <param name="Input">The layer whose output it reads, or the table's input.</param>
/// <param name="Relu">Whether a ReLU follows; only convolutions have one.</param>
/// <param name="Other">The second input of a sum; null for other layers.</param>
public sealed record Layer(LayerKind Kind, string Name, string Input, bool Relu = false, string? Other = null)
{
    /// <summary>The names of all maps that it reads.</summary>
    public IEnumerable<string> Inputs => Other is null ? [Input] : [Input, Other];
}
