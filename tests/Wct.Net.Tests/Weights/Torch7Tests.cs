using Wct.Net.Models;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;
using Wct.Net.Weights.Torch7;
using static Wct.Net.Tests.Weights.Torch7Modules;

namespace Wct.Net.Tests.Weights;

public sealed class Torch7Tests
{
    private static readonly ConvolutionWeights[] Layers = [.. SmallNetworks.Encoder(2).Convolutions];

    [Theory]
    [InlineData("nn.SpatialConvolution", "Float")]
    [InlineData("nn.SpatialConvolutionMM", "Float")]
    [InlineData("cudnn.SpatialConvolution", "Cuda")]
    public void ConvolutionsAreReadUnderTheirModulesNumbers(string className, string element)
    {
        using TensorArchive archive = Read(Network(Vgg19.Encoder(2).Layers, Layers, layer => Convolution(layer, className, element)));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias", "5.weight", "5.bias", "9.weight", "9.bias"], archive.Tensors.Select(
            tensor => tensor.Name));
        Assert.Equal(
            Layers.SelectMany(layer => (float[][])[layer.Weights.ToArray(), layer.Bias.ToArray()]),
            archive.Tensors.Select(tensor => tensor.Read()));
        Assert.Equal("[2, 3, 3, 3]", archive.Tensors[2].ShapeText);
        Assert.Equal("conv conv relu conv relu pool conv relu", archive.Metadata["layout"]);
    }

    [Fact]
    public void NestedSequentialsAndOldFilesAreRead()
    {
        LuaObject nested = Sequential(Convolution(Layers[0]), Sequential(Padding(), Sequential(Convolution(Layers[1])), Relu(
            "cudnn")), Module("nn.Identity", []));
        using TensorArchive archive = NetworkFile.Read(new ByteSource("t", Torch7Writer.File(nested, versioned: false)));
        Assert.Equal("conv conv relu", archive.Metadata["layout"]);
        Assert.Equal(Layers[1].Weights, archive.Find("2.weight")!.Read());
    }

    [Fact]
    public void SharedObjectsAndViewsAreFollowed()
    {
        // Weight and bias are views of one storage, and the weight is transposed. The ReLU module occurs twice.
        float[] all = [.. Enumerable.Range(0, 12)];
        LuaStorage storage = LuaStorage.Floats(all);
        LuaObject convolution = Convolution(Layers[0]), relu = Relu();
        convolution.Fields["weight"] = new LuaTensor("torch.FloatTensor", [3, 3, 1, 1], [1, 3, 1, 1], 1, storage);
        convolution.Fields["bias"] = new LuaTensor("torch.FloatTensor", [3], [1], 10, storage);
        using TensorArchive archive = Read(Sequential(convolution, relu, relu));
        Assert.Equal([0, 3, 6, 1, 4, 7, 2, 5, 8], archive.Tensors[0].Read());
        Assert.Equal([9, 10, 11], archive.Tensors[1].Read());
        Assert.Equal("conv relu relu", archive.Metadata["layout"]);
    }

    [Fact]
    public void DoublesBecomeSingles()
    {
        LuaObject convolution = Convolution(Layers[0]);
        byte[] bytes = [.. Layers[0].Weights.ToArray().SelectMany(value => BitConverter.GetBytes((double)value))];
        convolution.Fields["weight"] = new LuaTensor("torch.DoubleTensor", [3, 3, 1, 1], [3, 1, 1, 1], 1, new LuaStorage(
            "torch.DoubleStorage", 9, bytes));
        using TensorArchive archive = Read(Sequential(convolution));
        Assert.Equal(Layers[0].Weights.ToArray(), archive.Tensors[0].Read());
    }

    [Theory]
    [InlineData("nn.SpatialFullConvolution")]
    [InlineData("nn.gModule")]
    [InlineData("os.execute")]
    [InlineData("torch.Timer")]
    [InlineData("torch.StrangeTensor")]
    public void OtherClassesAreRefusedByName(string className) =>
        Assert.Contains($"class '{className}'", Refused(Torch7Writer.File(Sequential(Module(className, [])))), StringComparison.Ordinal);

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void FunctionsAreRefused(int type) =>
        Assert.Contains("Lua function", Assert.Throws<WeightsFormatException>(
            () => new Torch7Reader(new ByteSource("test.t7", [.. BitConverter.GetBytes(type), .. new byte[64]])).Read(
                )).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherGeometriesAreRefused()
    {
        foreach ((LuaObject module, string field) in (IEnumerable<(LuaObject, string)>)[
            (Pool(), "kW"), (Pool(), "dH"), (Pool(), "padW"), (Upsample(), "scale_factor"), (Padding(), "pad_t"), (Convolution(
                Layers[0]), "dW"), (Convolution(Layers[0]), "kH")])
        {
            module.Fields[field] = 3;
            Assert.Contains($"{field} = 3", Refused(Torch7Writer.File(Sequential(module))), StringComparison.Ordinal);
        }

        Assert.Contains("3x3 convolution behind a reflection padding of 0", Refused(Torch7Writer.File(Sequential(Convolution(
            Layers[1])))), StringComparison.Ordinal);
        Assert.Contains("1x1 convolution behind a reflection padding of 1", Refused(Torch7Writer.File(Sequential(Padding(), Convolution(
            Layers[0])))), StringComparison.Ordinal);
    }

    [Fact]
    public void MismatchedStoragesAndViewsAreRefused()
    {
        LuaObject convolution = Convolution(Layers[0]);
        convolution.Fields["weight"] = new LuaTensor("torch.DoubleTensor", [3, 3, 1, 1], [3, 1, 1, 1], 1, LuaStorage.Floats(new float[9]));
        Assert.Contains("torch.DoubleTensor whose storage is one of Float", Refused(Torch7Writer.File(Sequential(
            convolution))), StringComparison.Ordinal);
        foreach (long offset in (long[])[0, 2, long.MinValue, long.MaxValue])
        {
            convolution.Fields["weight"] = new LuaTensor("torch.FloatTensor", [3, 3, 1, 1], [3, 1, 1, 1], offset, LuaStorage.Floats(
                new float[9]));
            Assert.Contains("does not fit its storage of 9", Refused(Torch7Writer.File(Sequential(convolution))), StringComparison.Ordinal);
        }

        convolution.Fields["weight"] = LuaTensor.Empty();
        Assert.Contains("has no weight", Refused(Torch7Writer.File(Sequential(convolution))), StringComparison.Ordinal);
    }

    [Fact]
    public void PaddingLeadsToAConvolution()
    {
        foreach ((LuaObject network, string place) in (IEnumerable<(LuaObject, string)>)[
            (Sequential(Padding(), Pool()), "a pooling (module 1)"), (Sequential(Padding(), Upsample()), "an upsampling (module 1)"),
            (Sequential(Convolution(Layers[0]), Sequential(Padding())), "the network's end (module 2)")])
        {
            Assert.Contains(
                $"a reflection padding of 1 is left over at {place}", Refused(Torch7Writer.File(network)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NetworksThatContainThemselvesEnd()
    {
        LuaObject inner = Sequential();
        ((LuaTable)inner.Fields["modules"]!)[1.0] = inner;
        ((LuaTable)inner.Fields["modules"]!)[2.0] = inner;
        Assert.Contains("nests more than", Refused(Torch7Writer.File(inner)), StringComparison.Ordinal);
        LuaTable deep = [];
        for (int i = 0; i < 1000; i++)
            deep = new LuaTable { ["a"] = deep };
        Assert.Contains("nest more than", Refused(Torch7Writer.File(new LuaObject("nn.Sequential", deep))), StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedAndDamagedFilesAreReadOrRefused()
    {
        byte[] good = Torch7Writer.File(Network(Vgg19.Encoder(1).Layers, Layers));
        Hostile.Truncations(good, source => Hostile.ReadAll(NetworkFile.Read(source)));
        Assert.InRange(Hostile.Mutations(good, 5000, source => Hostile.ReadAll(NetworkFile.Read(source))), 1000, 5000);
    }

    [Fact]
    public void OtherFilesAreNotTakenForTorch7() =>
        Assert.Contains("neither a PyTorch nor a Torch7 file", Refused("plain text"u8.ToArray()), StringComparison.Ordinal);

    private static TensorArchive Read(LuaObject root) => NetworkFile.Read(new ByteSource("test.t7", Torch7Writer.File(root)));

    private static string Refused(byte[] file) => Assert.Throws<WeightsFormatException>(() =>
        NetworkFile.Read(new ByteSource("test.t7", file))).Message;
}
