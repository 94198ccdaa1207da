using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Onnx;

/// <summary>The ONNX nodes of a convolution.</summary>
internal static class OnnxConvolution
{
    private const int VerticalAxis = 2, HorizontalAxis = 3;

    /// <summary>The constants that convolutions with the same reach and padding share.</summary>
    internal static IEnumerable<OnnxConstant> Constants(ConvolutionShape shape)
    {
        int reach = shape.KernelSize / 2;
        if (reach == 0)
            return [];
        if (shape.Padding == PaddingMode.Reflect)
            return [new(Border(reach), [8], (long[])[0, 0, reach, reach, 0, 0, reach, reach])];
        if (shape.Padding != PaddingMode.Circular)
            return [];
        return
        [
            new("first", [1], (long[])[0]), new("last", [1], (long[])[long.MaxValue]), new(End(reach), [1], (long[])[reach]),
            new(Tail(reach), [1], (long[])[-reach]), new(Axis(VerticalAxis), [1], (long[])[VerticalAxis]),
            new(Axis(HorizontalAxis), [1], (long[])[HorizontalAxis]),
        ];
    }

    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">Receives them.</param>
    /// <param name="shape">The convolution.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="input">The tensor that it reads.</param>
    /// <param name="output">The name of its output.</param>
    /// <returns>The output's name.</returns>
    internal static string AddTo(OnnxGraph graph, ConvolutionShape shape, ConvolutionWeights weights, string input, string output)
    {
        string name = weights.Name, weight = $"{name}.weight", bias = $"{name}.bias";
        int size = shape.KernelSize, reach = size / 2;
        // ONNX's transposed convolutions have their input channels first.
        (int[] sizes, float[] values) = shape.IsTransposed
            ? ([shape.InChannels, shape.OutChannels, size, size], Exchanged(weights))
            : ((int[])[shape.OutChannels, shape.InChannels, size, size], weights.Weights.ToArray());
        graph.Constant(weight, sizes, values);
        graph.Constant(bias, [shape.OutChannels], weights.Bias.ToArray());
        string padded = reach == 0 ? input : shape.Padding switch
        {
            PaddingMode.Reflect => graph.Node(
                "Pad", [input, graph.Free(Border(reach))], $"{name}.padded", OnnxGraph.Attribute("mode", "reflect")),
            PaddingMode.Circular => Wrapped(graph, Wrapped(graph, input, reach, VerticalAxis, name), reach, HorizontalAxis, name),
            _ => input,
        };
        return graph.Node(
            shape.IsTransposed ? "ConvTranspose" : "Conv", [padded, weight, bias], output, [.. Attributes(shape)]);
    }

    private static IEnumerable<ProtoMessage> Attributes(ConvolutionShape shape)
    {
        int reach = shape.KernelSize / 2;
        if (shape.Stride != 1)
            yield return OnnxGraph.Attribute("strides", shape.Stride, shape.Stride);
        if (shape.IsTransposed)
        {
            // An output has (n - 1)·2 + K - before - after + extra pixels, and must have 2·n.
            int before = shape.Alignment == StrideAlignment.Centered ? reach : Math.Max(shape.KernelSize - 2, 0) / 2;
            int after = Math.Max(shape.KernelSize - 2 - before, 0), extra = before + after + 2 - shape.KernelSize;
            yield return OnnxGraph.Attribute("pads", before, before, after, after);
            yield return OnnxGraph.Attribute("output_padding", extra, extra);
        }
        else if (shape.Padding == PaddingMode.Zero && reach > 0)
        {
            // TensorFlow's SAME is ONNX's SAME_UPPER: an odd pixel of padding is at the end.
            yield return shape is { Stride: 2, Alignment: StrideAlignment.Same }
                ? OnnxGraph.Attribute("auto_pad", "SAME_UPPER") : OnnxGraph.Attribute("pads", reach, reach, reach, reach);
        }
    }

    // Puts the last pixels of a side before it, and the first ones after it.
    private static string Wrapped(OnnxGraph graph, string input, int reach, int axis, string name)
    {
        string tail = graph.Node(
            "Slice", [input, graph.Free(Tail(reach)), graph.Free("last"), graph.Free(Axis(axis))], $"{name}.tail{axis}");
        string head = graph.Node(
            "Slice", [input, graph.Free("first"), graph.Free(End(reach)), graph.Free(Axis(axis))], $"{name}.head{axis}");
        return graph.Node("Concat", [tail, input, head], $"{name}.wrapped{axis}", OnnxGraph.Integer("axis", axis));
    }

    private static float[] Exchanged(ConvolutionWeights weights)
    {
        int taps = weights.KernelSize * weights.KernelSize;
        float[] exchanged = new float[weights.Weights.Length];
        for (int o = 0; o < weights.OutChannels; o++)
        {
            for (int i = 0; i < weights.InChannels; i++)
            {
                weights.Weights.Span.Slice((o * weights.InChannels + i) * taps, taps)
                    .CopyTo(exchanged.AsSpan((i * weights.OutChannels + o) * taps));
            }
        }

        return exchanged;
    }

    // Exports with a reach of 1 keep the name that they have always had.
    private static string Border(int reach) => reach == 1 ? "border" : $"border{reach}";

    private static string End(int reach) => $"end{reach}";

    private static string Tail(int reach) => $"tail{reach}";

    private static string Axis(int axis) => $"axis{axis}";
}
