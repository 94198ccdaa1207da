using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Tests.Weights;

/// <summary>Creates modules of Torch7's nn package with the fields that their constructors set, for <see cref="Torch7Writer"/>.</summary>
internal static class Torch7Modules
{
    internal static LuaObject Sequential(params IEnumerable<LuaObject> modules) =>
        Module("nn.Sequential", new() { ["modules"] = LuaTable.Array(modules) });

    internal static LuaObject Relu(string package = "nn") =>
        Module($"{package}.ReLU", new() { ["threshold"] = 0, ["val"] = 0, ["inplace"] = true });

    internal static LuaObject Padding(int sides = 1) =>
        Module("nn.SpatialReflectionPadding", new() { ["pad_l"] = sides, ["pad_r"] = sides, ["pad_t"] = sides, ["pad_b"] = sides });

    internal static LuaObject Pool(string package = "nn") => Module($"{package}.SpatialMaxPooling", new()
    {
        ["kW"] = 2,
        ["kH"] = 2,
        ["dW"] = 2,
        ["dH"] = 2,
        ["padW"] = 0,
        ["padH"] = 0,
        ["ceil_mode"] = false,
        ["indices"] = LuaTensor.Empty(),
    });

    internal static LuaObject Upsample() => Module("nn.SpatialUpSamplingNearest", new()
    {
        ["scale_factor"] = 2,
        ["inputSize"] = new LuaStorage("torch.LongStorage", 4, new byte[32]),
    });

    internal static LuaObject Convolution(ConvolutionWeights layer, string className = "nn.SpatialConvolution", string element = "Float")
    {
        bool matrix = className.EndsWith("MM", StringComparison.Ordinal);
        int side = layer.KernelSize;
        long[] shape = matrix ? [layer.OutChannels, layer.InChannels * side * side] : [layer.OutChannels, layer.InChannels, side, side];
        LuaTable fields = new()
        {
            ["nInputPlane"] = layer.InChannels,
            ["nOutputPlane"] = layer.OutChannels,
            ["kW"] = side,
            ["kH"] = side,
            ["dW"] = 1,
            ["dH"] = 1,
            ["weight"] = LuaTensor.Floats(shape, layer.Weights.ToArray(), element),
            ["bias"] = LuaTensor.Floats(
                [layer.OutChannels], layer.Bias.ToArray(), element),
            ["gradWeight"] = LuaTensor.Empty(element),
            ["gradBias"] = LuaTensor.Empty(element),
            ["finput"] = LuaTensor.Empty(element),
        };
        fields[matrix ? "padding" : "padW"] = 0;
        return Module(className, fields);
    }

    /// <summary>A network with the table's layers and a padding before every 3x3 convolution.</summary>
    internal static LuaObject Network(
        IEnumerable<Layer> layers, IReadOnlyList<ConvolutionWeights> weights, Func<ConvolutionWeights, LuaObject>? convolution = null) =>
        Sequential(layers.SelectMany(layer => layer switch
        {
            MaxPoolLayer => [Pool()],
            UpsampleLayer => [Upsample()],
            _ => Block((ConvolutionLayer)layer, weights.First(own => own.Name == layer.Name), convolution ?? (own => Convolution(own))),
        }));

    internal static LuaObject Module(string className, LuaTable fields)
    {
        fields["_type"] = "torch.FloatTensor";
        fields["train"] = false;
        fields["output"] = LuaTensor.Empty();
        fields["gradInput"] = LuaTensor.Empty();
        return new LuaObject(className, fields);
    }

    private static IEnumerable<LuaObject> Block(
        ConvolutionLayer layer, ConvolutionWeights weights, Func<ConvolutionWeights, LuaObject> convolution)
    {
        if (weights.KernelSize == 3)
            yield return Padding();
        yield return convolution(weights);
        if (layer.Activation == Activation.Relu)
            yield return Relu();
    }
}
