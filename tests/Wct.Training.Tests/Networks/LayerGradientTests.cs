using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tests.Networks;

/// <summary>Tests the gradients of whole networks with every operation.</summary>
public sealed class LayerGradientTests
{
    private const int Side = 12, Width = 5;

    private static readonly NetworkSettings Settings = new([0.3, 0.7], Seed: 5, NoiseScale: 0.5);

    private static readonly NetworkTable Strided = new("image",
    [
        new ConvolutionLayer("first", "image", Activation.Tanh) { Padding = PaddingMode.Circular },
        new InstanceNormalizationLayer("in1", "first", Activation.LeakyRelu(0.3f)),
        new ConvolutionLayer("half", "in1") { Stride = 2, Padding = PaddingMode.Zero, Alignment = StrideAlignment.Same },
        new InstanceNormalizationLayer("in2", "half", Activation.Relu) { Epsilon = 1e-3 },
        new ConvolutionLayer("wide", "in2") { Stride = 2, Padding = PaddingMode.Zero, IsTransposed = true },
        new AddLayer("sum", "wide", "in1"), new ActivationLayer("active", "sum", Activation.Tanh),
        new ConvolutionLayer("out", "active"),
    ]);

    private static readonly NetworkTable Branched = new("image",
    [
        new NoiseLayer("noise", "image", 2) { Divisor = 2 }, new AveragePoolLayer("average", "image"), new MaxPoolLayer("most", "image"),
        new ConcatenateLayer("both", "average", "noise", "most"), new ConvolutionLayer("first", "both"),
        new BatchNormalizationLayer("bn", "first", Activation.LeakyRelu(0.1f)), new UpsampleLayer("up", "bn"),
        new InstanceNormalizationLayer("in1", "up"), new ConvolutionLayer("out", "in1") { Padding = PaddingMode.Zero },
    ]);

    public static TheoryData<string, bool> Cases =>
        new() { { "strided", false }, { "strided", true }, { "branched", false }, { "branched", true } };

    // A step of h along the gradient must change the loss by h·‖g‖².
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheLossFallsAlongTheGradient(string name, bool ofPicture)
    {
        using ReferenceBackend backend = new();
        (NetworkTable table, NetworkWeights weights) = Of(name);
        ParameterSet parameters = Parameters(weights);
        using TrainedNetwork network = new(backend, table, weights, parameters, inputGradient: true);
        float[] picture = Samples.Numbers(3 * Side * Side, 4);
        (double loss, float[] toPicture) = Loss(network, backend, picture, parameters.Gradients);
        float[] gradient = ofPicture ? toPicture : parameters.Gradients.ToArray();
        Memory<float> moved = ofPicture ? picture : parameters.Values;
        double norm = backend.SumOfSquares(gradient), step = 1e-4 * loss / norm;
        Assert.Equal(1, (After(-step) - After(step)) / (2 * step * norm), 0.01);

        double After(double distance)
        {
            float[] before = moved.ToArray();
            for (int i = 0; i < before.Length; i++)
                moved.Span[i] = (float)(before[i] - distance * gradient[i]);
            network.Refresh();
            double value = Loss(network, backend, picture, new float[parameters.Count]).Loss;
            before.CopyTo(moved);
            network.Refresh();
            return value;
        }
    }

    [Theory]
    [InlineData("strided")]
    [InlineData("branched")]
    public void TheCpuAgreesWithTheReference(string name)
    {
        (float[] expected, float[] expectedPicture) = Gradients(new ReferenceBackend());
        (float[] actual, float[] actualPicture) = Gradients(CpuBackend.Create());
        Accuracy.Check<float>("parameters", 1e-8, expected, actual);
        Accuracy.Check<float>("picture", 1e-8, expectedPicture, actualPicture);

        (float[] Parameters, float[] Picture) Gradients(TrainingBackend backend)
        {
            using (backend)
            {
                (NetworkTable table, NetworkWeights weights) = Of(name);
                ParameterSet parameters = Parameters(weights);
                using TrainedNetwork network = new(backend, table, weights, parameters, inputGradient: true);
                float[] toPicture = Loss(network, backend, Samples.Numbers(3 * Side * Side, 4), parameters.Gradients).Gradient;
                return (parameters.Gradients.ToArray(), toPicture);
            }
        }
    }

    [Fact]
    public void ATrainedNetworkGivesItsNormalizations()
    {
        using ReferenceBackend backend = new();
        (NetworkTable table, NetworkWeights weights) = Of("strided");
        ParameterSet parameters = Parameters(weights);
        using TrainedNetwork network = new(backend, table, weights, parameters, inputGradient: false);
        parameters.Values.Span[parameters.Part("in2.shift")][Width] = 42;
        Assert.Equal(42, network.Normalization("in2").Shift.Span[Width]);
        Assert.Equal(2, network.Normalization("in2").Styles);
    }

    private static (double Loss, float[] Gradient) Loss(
        TrainedNetwork network, TrainingBackend backend, float[] picture, Memory<float> gradients)
    {
        TensorShape shape = new(3, Side, Side);
        using Tensor input = backend.Tensor(shape, picture), expected = backend.Tensor(shape, Samples.Numbers(shape.Length, 6));
        using ForwardPass pass = network.Forward(input, settings: Settings);
        double loss = MeanSquaredError.Of(backend, pass.Last, expected, 1, out Tensor own);
        using Tensor toPicture = network.Backward(pass, new Dictionary<string, Tensor> { ["out"] = own }, gradients)!;
        return (loss, backend.Numbers(toPicture));
    }

    private static (NetworkTable Table, NetworkWeights Weights) Of(string name) => name == "strided"
        ? (Strided, new NetworkWeights(
            [Convolution("first", Width, 3, 5), Convolution("half", Width, Width, 3), Convolution("wide", Width, Width, 3),
                Convolution("out", 3, Width, 1)],
            [Normalization("in1"), Normalization("in2")]))
        : (Branched, new NetworkWeights(
            [Convolution("first", Width, 8, 3), Convolution("out", 3, Width, 7)],
            [
                Normalization("in1"),
                new NormalizationWeights("bn", 1, Width, Samples.Numbers(Width, 1), Samples.Numbers(Width, 2), new ChannelConstants(
                    Samples.Numbers(Width, 3), [.. Samples.Numbers(Width, 4).Select(own => own * own)])),
            ]));

    // The constants of a batch normalization aren't trained.
    private static ParameterSet Parameters(NetworkWeights weights) => NetworkParts.Parameters(
        new NetworkWeights(weights.Convolutions, weights.Normalizations.Where(own => own.BatchConstants is null)));

    private static ConvolutionWeights Convolution(string name, int outputs, int inputs, int kernel) => new(
        name, outputs, inputs, kernel, Samples.Numbers(outputs * inputs * kernel * kernel, name.Length), Samples.Numbers(outputs, 9));

    private static NormalizationWeights Normalization(string name) =>
        new(name, 2, Width, Samples.Numbers(2 * Width, 7), Samples.Numbers(2 * Width, 8));
}
