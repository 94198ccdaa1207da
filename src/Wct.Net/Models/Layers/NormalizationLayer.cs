using Wct.Kernels;
using Wct.Net.Onnx;

namespace Wct.Net.Models.Layers;

/// <summary>A normalization of each channel, and then an activation: y = activation(scale·(x - mean)/√(variance + ε) + shift).</summary>
public abstract record NormalizationLayer : UnaryLayer
{
    private protected NormalizationLayer(string name, string input, Activation activation)
        : base(name, input) => Activation = activation;

    /// <summary>Applied to its output.</summary>
    public Activation Activation { get; init; }

    /// <summary>ε, added to the variance; above 0.</summary>
    public double Epsilon { get; init; } = NormalizationWeights.DefaultEpsilon;

    internal override string? Problem => NormalizationWeights.Problem(Epsilon);

    private protected override IEnumerable<LayerSetting> Settings
    {
        get
        {
            yield return LayerSetting.Of("epsilon", Epsilon);
            if (Activation != Activation.None)
                yield return LayerSetting.Of("activation", Activation);
        }
    }

    /// <summary>Adds the nodes to a graph that has the weights as constants.</summary>
    private protected string AddTo(OnnxGraph graph, string operation, string input, string? output)
    {
        bool activates = Activation != Activation.None;
        string normalized = graph.Node(
            operation, [input, .. Weights], activates ? $"{Name}.normalized" : output ?? Name,
            OnnxGraph.Attribute("epsilon", (float)Epsilon));
        return activates ? graph.Activate(normalized, Activation, output ?? Name) : normalized;
    }
}
