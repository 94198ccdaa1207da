using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Onnx;

/// <summary>An ONNX graph that is built node by node.</summary>
/// <param name="name">The graph's name.</param>
/// <param name="layers">The names of the layers that will be added; constants get other names.</param>
internal sealed class OnnxGraph(string name, IReadOnlyCollection<string>? layers = null)
{
    // Operator set 13, from 2021, has Pad and Resize in their current form, and all runtimes since then read it.
    private const int OperatorSet = 13, IrVersion = 7;

    private bool _clamps;
    private readonly ProtoMessage _graph = new ProtoMessage().Add(OnnxFields.Graph.Name, name);

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operator">The ONNX operator, for example "Conv".</param>
    /// <param name="inputs">Names of tensors; "" for an optional input that is left out.</param>
    /// <param name="output">Name of the output and of the node; no other tensor of the graph may have it.</param>
    /// <param name="attributes">Attributes of the operator; may be empty.</param>
    /// <returns>The output's name.</returns>
    internal string Node(string @operator, string[] inputs, string output, params ProtoMessage[] attributes)
    {
        ProtoMessage node = new();
        foreach (string input in inputs)
            node.Add(OnnxFields.Node.Input, input);
        node.Add(OnnxFields.Node.Output, output).Add(OnnxFields.Node.Name, output).Add(OnnxFields.Node.Operator, @operator);
        foreach (ProtoMessage attribute in attributes)
            node.Add(OnnxFields.Node.Attribute, attribute);
        _graph.Add(OnnxFields.Graph.Node, node);
        return output;
    }

    /// <summary>Adds an activation function.</summary>
    /// <param name="input">The tensor that it reads.</param>
    /// <param name="activation">The function; not <see cref="Activation.None"/>.</param>
    /// <param name="output">Name of the output and of the node.</param>
    /// <returns>The output's name.</returns>
    internal string Activate(string input, Activation activation, string output) => activation.Kind switch
    {
        ActivationKind.Relu => Node("Relu", [input], output),
        ActivationKind.Tanh => Node("Tanh", [input], output),
        ActivationKind.LeakyRelu => Node("LeakyRelu", [input], output, Attribute("alpha", activation.Slope)),
        _ => Clamp(input, output),
    };

    /// <summary>Adds a linear map of all numbers.</summary>
    /// <param name="input">The tensor that it reads.</param>
    /// <param name="scale">The map.</param>
    /// <param name="output">Name of the output, and the beginning of other names.</param>
    /// <returns>The output's name; the input's if the map changes nothing.</returns>
    internal string Scale(string input, SampleScale scale, string output)
    {
        if (scale == SampleScale.Identity)
            return input;
        Constant($"{output}.factor", [], (float[])[(float)scale.Factor]);
        Constant($"{output}.offset", [], (float[])[(float)scale.Offset]);
        return Node("Add", [Node("Mul", [input, $"{output}.factor"], $"{output}.multiplied"), $"{output}.offset"], output);
    }

    /// <summary>Adds a clamp to 0..1.</summary>
    internal string Clamp(string input, string output)
    {
        if (!_clamps)
        {
            Constant(Free("zero"), [], (float[])[0]);
            Constant(Free("one"), [], (float[])[1]);
        }

        _clamps = true;
        return Node("Clip", [input, Free("zero"), Free("one")], output);
    }

    /// <summary>The name of a layer's output after its activation: "relu1_1" for "conv1_1".</summary>
    internal static string ActivatedName(string layer) =>
        layer.Contains("conv", StringComparison.Ordinal) ? layer.Replace("conv", "relu", StringComparison.Ordinal) : $"{layer}.activated";

    /// <summary>The name of a tensor that belongs to no layer: another one if a layer has it.</summary>
    internal string Free(string wanted) => layers?.Contains(wanted) == true ? $"{wanted}:constant" : wanted;

    /// <summary>Adds a constant; the values are not copied.</summary>
    /// <param name="constant">Name of the constant; no other tensor of the graph may have it.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="values">float[] or long[].</param>
    internal void Constant(string constant, int[] shape, Array values)
    {
        ProtoMessage tensor = new();
        foreach (int size in shape)
            tensor.Add(OnnxFields.Tensor.Dimension, size);
        tensor.Add(OnnxFields.Tensor.Type, values is float[]? OnnxFields.Tensor.SinglesType : OnnxFields.Tensor.IntegersType);
        _graph.Add(OnnxFields.Graph.Initializer, tensor.Add(OnnxFields.Tensor.Name, constant).Add(OnnxFields.Tensor.Data, values));
    }

    /// <summary>Declares the graph's input: [1, channels, height, width], with symbols for the sides.</summary>
    internal void Input(string input, int channels, string height, string width) =>
        _graph.Add(OnnxFields.Graph.Input, Value(input, channels, height, width));

    /// <summary>Declares an output: [1, channels, height, width], with symbols for the sides.</summary>
    internal void Output(string output, int channels, string height, string width) =>
        _graph.Add(OnnxFields.Graph.Output, Value(output, channels, height, width));

    /// <summary>The file's content.</summary>
    internal ProtoMessage ToModel(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ProtoMessage model = new ProtoMessage().Add(OnnxFields.Model.IrVersion, IrVersion)
            .Add(OnnxFields.Model.ProducerName, "wct")
            .Add(OnnxFields.Model.ProducerVersion, typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3))
            .Add(OnnxFields.Model.OperatorSet, new ProtoMessage().Add(OnnxFields.OperatorSet.Version, OperatorSet));
        foreach ((string key, string value) in metadata)
            model.Add(OnnxFields.Model.Metadata, new ProtoMessage().Add(OnnxFields.Entry.Key, key).Add(OnnxFields.Entry.Value, value));
        return model.Add(OnnxFields.Model.Graph, _graph);
    }

    internal static ProtoMessage Attribute(string attribute, string text) => new ProtoMessage().Add(OnnxFields.Attribute.Name, attribute)
        .Add(OnnxFields.Attribute.Text, text).Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.TextType);

    internal static ProtoMessage Attribute(string attribute, float number) => new ProtoMessage().Add(OnnxFields.Attribute.Name, attribute)
        .Add(OnnxFields.Attribute.Number, number).Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.NumberType);

    /// <summary>A single integer. An overload of the list would be taken for it.</summary>
    internal static ProtoMessage Integer(string attribute, int integer) => new ProtoMessage().Add(OnnxFields.Attribute.Name, attribute)
        .Add(OnnxFields.Attribute.Integer, integer).Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType);

    internal static ProtoMessage Attribute(string attribute, params ReadOnlySpan<int> integers)
    {
        ProtoMessage message = new ProtoMessage().Add(OnnxFields.Attribute.Name, attribute);
        foreach (int integer in integers)
            message.Add(OnnxFields.Attribute.Integers, integer);
        return message.Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegersType);
    }

    private static ProtoMessage Value(string value, int channels, string height, string width)
    {
        ProtoMessage shape = new();
        foreach (int size in (ReadOnlySpan<int>)[1, channels])
            shape.Add(OnnxFields.Shape.Dimension, new ProtoMessage().Add(OnnxFields.Shape.Size, size));
        foreach (string side in (ReadOnlySpan<string>)[height, width])
            shape.Add(OnnxFields.Shape.Dimension, new ProtoMessage().Add(OnnxFields.Shape.Symbol, side));
        ProtoMessage tensor = new ProtoMessage().Add(
            OnnxFields.ValueType.Element, OnnxFields.Tensor.SinglesType).Add(OnnxFields.ValueType.Shape, shape);
        return new ProtoMessage().Add(OnnxFields.Value.Name, value)
            .Add(OnnxFields.Value.Type, new ProtoMessage().Add(OnnxFields.ValueType.Tensor, tensor));
    }
}
