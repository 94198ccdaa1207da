using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Networks;

public class TrainedNetworkTests
{
    [Fact]
    public void GradientsOfADecoderMatchTheReference()
    {
        (float[] expected, double expectedLoss) = Gradients(new ReferenceBackend());
        (float[] actual, double loss) = Gradients(CpuBackend.Create());
        Assert.Equal(expectedLoss, loss, 1e-5 * expectedLoss);
        // Rounding may move a value near zero to the other side of a ReLU.
        Accuracy.Check<float>("gradients", 1e-6, expected, actual);
    }

    [Fact]
    public void LossFallsAlongTheGradient()
    {
        // A step of h along the gradient must change the loss by h·‖g‖²; a wrong gradient changes it by another amount.
        using ReferenceBackend backend = new();
        using DecoderTask task = Task(backend);
        using Tensor picture = TrainingPictures.Tensor(backend, 8, 1);
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);
        double norm = backend.SumOfSquares(task.Parameters.Gradients.Span), step = 1e-4 * losses.Total / norm;
        double change = Moved(task, picture, -step) - Moved(task, picture, step);
        Assert.Equal(1, change / (2 * step * norm), 0.01);
    }

    [Fact]
    public void TwoLayersLearnToReproduceAPicture()
    {
        using CpuBackend backend = CpuBackend.Create();
        DecoderWeights start = RandomModel.Create([32], 3).Levels.Single(level => level.Level == 1).Decoder;
        ConvolutionWeights first = RandomModel.Create([32], 4).Levels[0].Encoder.Convolutions[1], second = start.Convolutions[0];
        first = new ConvolutionWeights("first", 32, 3, 3, first.Weights.ToArray(), first.Bias.ToArray());
        second = new ConvolutionWeights("second", 3, 32, 3, second.Weights.ToArray(), second.Bias.ToArray());
        ParameterSet parameters = NetworkParts.Parameters([first, second]);
        NetworkTable table = new(
            "image", [new ConvolutionLayer("first", "image", Activation.Relu), new ConvolutionLayer("second", "first")]);
        using TrainedNetwork network = new(
            backend, table, new NetworkWeights([first, second]), parameters, false);
        using Tensor picture = TrainingPictures.Tensor(backend, 32, 5);
        const int Steps = 5000;
        Schedule schedule = new(ScheduleKind.Cosine, 5e-3, 0, Steps);
        double error = 0;
        for (int step = 1; step <= Steps; step++)
        {
            parameters.Gradients.Span.Clear();
            using ForwardPass pass = network.Forward(picture);
            error = MeanSquaredError.Of(backend, pass.Last, picture, 1, out Tensor gradient);
            network.Backward(pass, new Dictionary<string, Tensor> { ["second"] = gradient }, parameters.Gradients);
            backend.Adam(
                parameters.Values.Span, parameters.Gradients.Span, parameters.Mean.Span, parameters.Square.Span,
                new AdamStep(step, schedule.At(step)));
            network.Refresh();
        }

        Assert.True(-10 * Math.Log10(error) > 45, $"{-10 * Math.Log10(error):0.0} dB");
    }

    // Two layers read "a", and two read the picture. A step of h along the gradient must change the loss by h·‖g‖².
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsOfAMapThatIsReadTwiceAreAdded(bool ofPicture)
    {
        using ReferenceBackend backend = new();
        NetworkTable table = new("image",
        [
            new ConvolutionLayer("a", "image", Activation.Relu), new ConvolutionLayer("b", "a", Activation.Relu),
            new AddLayer("sum", "b", "a"), new MaxPoolLayer("pool", "sum"), new UpsampleLayer("up", "pool"),
            new ConvolutionLayer("c", "up"), new AddLayer("last", "image", "c"),
        ]);
        ConvolutionWeights[] weights = [Weights("a", 6, 3, 1), Weights("b", 6, 6, 2), Weights("c", 3, 6, 3)];
        ParameterSet parameters = NetworkParts.Parameters(weights);
        using TrainedNetwork network = new(backend, table, new NetworkWeights(weights), parameters, inputGradient: true);
        float[] picture = Samples.Numbers(3 * 8 * 8, 4), target = Samples.Numbers(3 * 8 * 8, 5);
        TensorShape shape = new(3, 8, 8);
        (double loss, Tensor? toPicture) = Loss(parameters.Gradients);
        float[] gradient = parameters.Gradients.ToArray();
        Memory<float> moved = parameters.Values;
        if (ofPicture)
            (gradient, moved) = (backend.Numbers(toPicture!), picture);
        toPicture!.Dispose();
        double norm = backend.SumOfSquares(gradient), step = 1e-4 * loss / norm;
        double change = After(-step) - After(step);
        Assert.Equal(1, change / (2 * step * norm), 0.01);

        (double Loss, Tensor? Gradient) Loss(Memory<float> gradients)
        {
            using Tensor input = backend.Tensor(shape, picture), expected = backend.Tensor(shape, target);
            using ForwardPass pass = network.Forward(input);
            double value = MeanSquaredError.Of(backend, pass.Last, expected, 1, out Tensor own);
            return (value, network.Backward(pass, new Dictionary<string, Tensor> { ["last"] = own }, gradients));
        }

        double After(double distance)
        {
            float[] before = moved.ToArray();
            for (int i = 0; i < before.Length; i++)
                moved.Span[i] = (float)(before[i] - distance * gradient[i]);
            network.Refresh();
            (double value, Tensor? own) = Loss(parameters.Gradients);
            own!.Dispose();
            before.CopyTo(moved);
            network.Refresh();
            return value;
        }
    }

    private static ConvolutionWeights Weights(string name, int outputs, int inputs, int seed) =>
        new(name, outputs, inputs, 3, Samples.Numbers(outputs * inputs * 9, seed), Samples.Numbers(outputs, seed));

    private static double Moved(DecoderTask task, Tensor picture, double distance)
    {
        float[] before = task.Parameters.Values.ToArray(), gradients = task.Parameters.Gradients.ToArray();
        for (int i = 0; i < before.Length; i++)
            task.Parameters.Values.Span[i] = (float)(before[i] - distance * gradients[i]);
        task.Refresh();
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);
        before.CopyTo(task.Parameters.Values);
        gradients.CopyTo(task.Parameters.Gradients);
        task.Refresh();
        return losses.Total;
    }

    private static DecoderTask Task(TrainingBackend backend) => new(
        backend, RandomModel.Create([8, 9, 10], 1).Levels[0].Encoder, 3,
        new DecoderOptions { FeatureLevels = [1, 3], FeatureWeight = 0.5, TotalVariationWeight = 0.1, Normalize = true });

    private static (float[] Gradients, double Loss) Gradients(TrainingBackend backend)
    {
        using (backend)
        {
            using DecoderTask task = Task(backend);
            using Tensor first = TrainingPictures.Tensor(backend, 12, 1), second = TrainingPictures.Tensor(backend, 16, 2);
            task.Measure([first, second], initialize: true);
            LossValues losses = new(task.Losses);
            task.Accumulate(first, 0, 0.5, task.Parameters.Gradients, losses);
            task.Accumulate(second, 0, 0.5, task.Parameters.Gradients, losses);
            return (task.Parameters.Gradients.ToArray(), losses.Total);
        }
    }
}
