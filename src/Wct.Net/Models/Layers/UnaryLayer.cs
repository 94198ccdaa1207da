namespace Wct.Net.Models.Layers;

/// <summary>A layer that reads one map.</summary>
public abstract record UnaryLayer : Layer
{
    private protected UnaryLayer(string name, string input)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
    }

    /// <summary>The layer whose output it reads, or the table's input.</summary>
    public string Input { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [Input];
}
