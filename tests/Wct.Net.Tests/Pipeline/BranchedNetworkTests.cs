using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Tests.Pipeline;

/// <summary>A network that is not a chain: it has a pooled residual block, whose input is read twice, and an upsampling that is read
/// twice.</summary>
public class BranchedNetworkTests
{
    private const int Channels = 16;

    private static readonly NetworkTable Table = new("image",
    [
        new ConvolutionLayer("first", "image", Activation.Relu),
        new MaxPoolLayer("pool", "first"),
        new ConvolutionLayer("left", "pool", Activation.Relu),
        new ConvolutionLayer("right", "left"),
        new AddLayer("residual", "right", "pool"),
        new UpsampleLayer("up", "residual"),
        new ConvolutionLayer("wide", "up", Activation.Relu),
        new AddLayer("sum", "up", "wide"),
        new ConvolutionLayer("unused", "sum"),
        new ConvolutionLayer("last", "sum"),
    ]);

    private static readonly NetworkWeights Weights = new(Table.Convolutions.Select((name, i) =>
        Convolution(name, name == "last" ? 3 : Channels, name == "first" ? 3 : Channels, seed: i)));

    [Fact]
    public void LayersRunOneByOneGiveTheSame()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Network network = Create(backend, "right", "last");
        using Tensor image = Picture(backend, 24, 20);
        Tensor[] outputs = network.Run(image, ["right", "last"], clamp: false, first: null, done: null, default);
        using Tensor right = outputs[0], last = outputs[1];
        Dictionary<string, float[]> expected = OneByOne(24, 20);
        Accuracy.Check<float>("right", 1e-9, expected["right"], backend.Numbers(right));
        Accuracy.Check<float>("last", 1e-9, expected["last"], backend.Numbers(last));
    }

    [Fact]
    public void TilesGiveTheSame()
    {
        using CpuBackend backend = CpuBackend.Create();
        using Network network = Create(backend, "last");
        using Tensor image = Picture(backend, 64, 48);
        using Tensor whole = network.Run(image, ["last"], clamp: true, first: null, done: null, default)[0];
        Area wanted = new(new Interval(16, 32), new Interval(32, 48));
        TilePath path = TilePath.To(wanted, network.Runs("last"), 64, 48);
        Tensor part = backend.Allocate(path.Input.Shape(3)), expected = backend.Allocate(wanted.Shape(3));
        backend.Copy(image, path.Input.Within(Area.Of(image.Shape)), part, 0, 0);
        backend.Copy(whole, wanted.Within(Area.Of(whole.Shape)), expected, 0, 0);
        using Workspace workspace = backend.CreateWorkspace(1 << 20);
        Tensor tile = network.Run(part, path, clamp: true, first: null, workspace, _ => { }, default);
        using Tensor actual = Network.Cut(backend, tile, path.Output, wanted, workspace);
        Accuracy.Check<float>("tile", 1e-10, backend.Numbers(expected), backend.Numbers(actual));
        expected.Dispose();
    }

    [Fact]
    public void OnlyLayersThatAreNeededCount()
    {
        using ReferenceBackend backend = new();
        using Network network = Create(backend, "last", "unused");
        double done = 0;
        using Tensor image = Picture(backend, 8, 8);
        network.Run(image, ["last"], clamp: false, first: null, operations => done += operations, default)[0].Dispose();
        Assert.Equal(network.Operations(image.Shape, "last"), done);
        ConvolutionShape shape = new(3, Channels, 3);
        Assert.Equal(shape.Operations(8, 8), network.Operations(image.Shape, "last") - network.Operations(image.Shape, "sum"));
    }

    [Fact]
    public void TilesRefuseAMapFromAnotherGrid()
    {
        using ReferenceBackend backend = new();
        NetworkTable table = new("image",
        [
            new ConvolutionLayer("first", "image"), new MaxPoolLayer("pool", "first"), new UpsampleLayer("up", "pool"),
            new AddLayer("sum", "up", "first"),
        ]);
        using Network network = new(backend, table, Weights, 3, ["sum"]);
        Assert.Contains("'sum'", Assert.Throws<NotSupportedException>(() => network.Runs("sum")).Message);
    }

    [Fact]
    public void ChannelsMustFit()
    {
        using ReferenceBackend backend = new();
        NetworkTable table = new(
            "image", [new ConvolutionLayer("first", "image"), new AddLayer("sum", "first", "image")]);
        string message = Assert.Throws<ArgumentException>(() => new Network(backend, table, Weights, 3, ["sum"])).Message;
        Assert.Contains("'sum' takes maps of 16 and 3 channels", message);
    }

    private static Network Create(Backend backend, params string[] outputs) => new(backend, Table, Weights, 3, ["sum", .. outputs]);

    private static Dictionary<string, float[]> OneByOne(int height, int width)
    {
        using ReferenceBackend backend = new();
        Dictionary<string, Tensor> made = new() { ["image"] = Picture(backend, height, width) };
        foreach (Layer layer in Table.Layers)
        {
            Tensor input = made[layer.Inputs[0]];
            Tensor Filled(TensorShape shape, Action<Tensor> fill) => TensorRows.Filled(backend, shape, fill);
            made.Add(layer.Name, layer switch
            {
                MaxPoolLayer => Filled(input.Shape.Pooled, output => backend.MaxPool(input, output)),
                UpsampleLayer => Filled(input.Shape.Upsampled, output => backend.Upsample(input, output)),
                AddLayer sum => Filled(input.Shape, output => backend.Add(input, made[sum.Second], output)),
                ConvolutionLayer convolution => Convolved(backend, convolution, input),
                _ => throw new InvalidOperationException(layer.Name),
            });
        }

        return made.ToDictionary(pair => pair.Key, pair => backend.Numbers(pair.Value));
    }

    private static Tensor Convolved(ReferenceBackend backend, ConvolutionLayer layer, Tensor input)
    {
        ConvolutionWeights own = Weights.Convolution(layer.Name);
        ConvolutionShape shape = new(own.OutChannels, own.InChannels, own.KernelSize);
        using Convolution packed = backend.PackConvolution(shape, own.Weights.Span, own.Bias.Span);
        return TensorRows.Filled(
            backend, input.Shape.WithChannels(own.OutChannels), output => backend.Convolve(input, packed, layer.Activation, output));
    }

    private static Tensor Picture(Backend backend, int height, int width) =>
        backend.Tensor(new TensorShape(3, height, width), Samples.Numbers(3 * height * width, 5));

    private static ConvolutionWeights Convolution(string name, int outputs, int inputs, int seed)
    {
        float scale = 1 / MathF.Sqrt(inputs * 9);
        float[] weights = [.. Samples.Numbers(outputs * inputs * 9, seed).Select(number => number * scale)];
        return new ConvolutionWeights(name, outputs, inputs, 3, weights, Samples.Numbers(outputs, seed + 100));
    }
}
