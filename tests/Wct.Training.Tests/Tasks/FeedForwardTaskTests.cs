using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Optimization;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class FeedForwardTaskTests
{
    private const int Side = 32;

    private static readonly EncoderWeights LossNetwork = RandomModel.Create([4, 6, 6, 8], 3).Levels[0].Encoder;

    public static TheoryData<string> Kinds => ["residual", "pyramid", "texture", "upscale"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheLossFallsAlongTheGradient(string kind)
    {
        // A step of h along the gradient must change the loss by h·‖g‖²; a wrong gradient changes it by another amount.
        using ReferenceBackend backend = new();
        using FeedForwardTask task = Task(backend, kind);
        using Tensor picture = TrainingPictures.Tensor(backend, Side, 1);
        task.Measure([picture], initialize: true);
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 1, 1, task.Parameters.Gradients, losses);
        double norm = backend.SumOfSquares(task.Parameters.Gradients.Span), step = 3e-4 * losses.Total / norm;
        double change = Moved(task, picture, step) - Moved(task, picture, -step);
        Assert.Equal(1, change / (2 * step * norm), 0.02);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GradientsMatchTheReference(string kind)
    {
        (float[] expected, double expectedLoss) = Gradients(new ReferenceBackend());
        (float[] actual, double loss) = Gradients(CpuBackend.Create());
        Assert.Equal(expectedLoss, loss, 1e-5 * expectedLoss);
        Accuracy.Check<float>("gradients", 1e-6, expected, actual);

        (float[] Gradients, double Loss) Gradients(TrainingBackend backend)
        {
            using (backend as IDisposable)
            {
                using FeedForwardTask task = Task(backend, kind);
                using Tensor picture = TrainingPictures.Tensor(backend, Side, 1);
                task.Measure([picture], initialize: true);
                LossValues losses = new(task.Losses);
                task.Accumulate(picture, 1, 0.5, task.Parameters.Gradients, losses);
                return (task.Parameters.Gradients.ToArray(), losses.Total);
            }
        }
    }

    // What the trained network makes later must be what the losses judged.
    [Theory]
    [InlineData("residual")]
    [InlineData("upscale")]
    public void TheFileMakesWhatTheTaskMade(string kind)
    {
        using TemporaryFolder folder = new();
        using CpuBackend backend = CpuBackend.Create();
        using FeedForwardTask task = Task(backend, kind);
        PixelImage photo = TrainingPictures.Draw(Side, Side, 2);
        using Tensor picture = Crop.Load(backend, photo), made = task.Reconstruct(picture, 1)!;
        PixelImage expected = new(Side, Side, PixelLayout.Rgb24);
        backend.StorePixels(made, expected.Bytes, Side, Side, expected.Stride, PixelLayout.Rgb24);
        string path = folder.File("network.safetensors");
        task.Save(path);
        using StyleNetwork network = StyleNetwork.Load(path);
        PixelImage input = kind == "upscale" ? Resizing.To((Pixels)photo, Side / 4, Side / 4) : photo;
        PixelImage actual = network.Apply(
            input, new StyleNetworkOptions { StyleWeights = kind == "residual" ? [0, 1] : null });
        Assert.Equal((Side, Side), (actual.Width, actual.Height));
        Assert.All(expected.Bytes.Zip(actual.Bytes), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void APictureTrainsItsOwnStyle()
    {
        using CpuBackend backend = CpuBackend.Create();
        using FeedForwardTask task = Task(backend, "residual");
        using Tensor picture = TrainingPictures.Tensor(backend, Side, 1);
        task.Measure([picture], initialize: true);
        for (int index = 0; index < 4; index++)
        {
            task.Parameters.Gradients.Span.Clear();
            task.Accumulate(picture, index, 1, task.Parameters.Gradients, new LossValues(task.Losses));
            ReadOnlySpan<float> scale = task.Parameters.Gradients.Span[task.Parameters.Part("conv2.norm.scale")];
            int half = scale.Length / 2, own = index % 2 * half, other = half - own;
            Assert.False(scale.Slice(own, half).IndexOfAnyExcept(0f) < 0, $"picture {index}");
            Assert.True(scale.Slice(other, half).IndexOfAnyExcept(0f) < 0, $"picture {index}");
        }
    }

    [Fact]
    public void TheStylesWeightRisesWithThePictures()
    {
        using CpuBackend backend = CpuBackend.Create();
        StyleTaskOptions full = new() { LossNetwork = LossNetwork, Width = 2, Blocks = 1, RampPictures = 0 };
        StyleTaskOptions ramp = full with { RampPictures = 100 }, thousandth = full with { StyleWeight = full.StyleWeight / 1000 };
        (float[] start, double value) = Gradients(ramp, 0);
        Accuracy.Check<float>("gradients", 1e-10, Gradients(thousandth, 0).Gradients, start);
        Assert.Equal(Gradients(full, 0).Loss, value, 1e-5 * value);
        Assert.Equal(Gradients(full, 100).Gradients, Gradients(ramp, 100).Gradients);
        Assert.NotEqual(Gradients(full, 99).Gradients, Gradients(ramp, 99).Gradients);

        (float[] Gradients, double Loss) Gradients(StyleTaskOptions options, long index)
        {
            using StyleTask task = new(backend, Styles(1), options);
            using Tensor picture = TrainingPictures.Tensor(backend, Side, 1);
            task.Measure([picture], initialize: true);
            LossValues losses = new(task.Losses);
            task.Accumulate(picture, index, 1, task.Parameters.Gradients, losses);
            return (task.Parameters.Gradients.ToArray(), losses.Total);
        }
    }

    // The total is that of wct optimize with the same weights, so the two can be compared.
    [Fact]
    public void TheLossIsThatOfTheOptimization()
    {
        using CpuBackend backend = CpuBackend.Create();
        PixelImage style = TrainingPictures.Draw(40, 36, 7), content = TrainingPictures.Draw(Side, Side, 8);
        using StyleTask task = new(backend, [style], new StyleTaskOptions { LossNetwork = LossNetwork, Width = 2, Blocks = 0 });
        using Tensor photo = Crop.Load(backend, content), made = task.Reconstruct(photo, 0)!, gradient = backend.Allocate(photo.Shape);
        task.Measure([photo], initialize: true);
        LossValues losses = new(task.Losses);
        task.Accumulate(photo, 0, 1, task.Parameters.Gradients, losses);

        StyleTaskOptions weights = new();
        ILossTerm[] terms =
        [
            new RelativeLoss(new GramLoss(style), weights.StyleWeight), new RelativeLoss(new ContentLoss(content), weights.ContentWeight),
            new TotalVariationLoss(weights.VariationWeight),
        ];
        using PixelObjective objective = new(
            backend, LossNetwork, [.. terms.Select(term => new WeightedLoss(term, term.Weight))], PoolingKind.Average);
        objective.Prepare(new ScaledPictures(backend, content, Side, Side, 0, ColorPreservation.None));
        double total = objective.Evaluate(made, gradient);
        Assert.Equal(total, losses.Total, total * 1e-6);
        Assert.Equal(objective.Losses["style"] * weights.StyleWeight, losses["style"] * weights.StyleWeight, total * 1e-6);
        Assert.Equal(objective.Losses["content"], losses["content"], 1e-6);
    }

    [Fact]
    public void ATextureDependsOnItsSeed()
    {
        using CpuBackend backend = CpuBackend.Create();
        using FeedForwardTask task = Task(backend, "texture");
        using StyleNetwork network = new(task.Network());
        PixelImage first = network.Synthesize(64, 48), again = network.Synthesize(64, 48);
        PixelImage other = network.Synthesize(64, 48, new StyleNetworkOptions { Seed = 1 });
        Assert.Equal(first.Bytes, again.Bytes);
        Assert.NotEqual(first.Bytes, other.Bytes);

        // The network that training judges is the one that makes textures: its maps have the same statistics.
        using Tensor noise = Crop.Load(backend, new NoiseData().Samples(1, 256, 16, _ => { }).Single());
        using Tensor expected = task.Reconstruct(noise, 5)!;
        double[] mean = new double[3], variance = new double[3];
        backend.ChannelMoments(expected, mean, variance);
        PixelImage large = network.Synthesize(256, 256);
        for (int c = 0; c < 3; c++)
            Assert.Equal(mean[c], Enumerable.Range(0, 256 * 256).Average(i => large.Bytes[3 * i + c] / 255.0), 0.03);
    }

    [Theory]
    [InlineData("residual")]
    [InlineData("texture")]
    public void AResumedRunGivesTheSameBits(string kind)
    {
        using TemporaryFolder folder = new();
        TrainingData data = kind == "texture" ? new NoiseData() : new PictureFolder(TrainingPictures.Folder(folder, 4));
        float[] whole = Run("whole", 3, stopAfter: null, resume: false);
        Run("parts", 1, stopAfter: 3, resume: false);
        Assert.Equal(whole, Run("parts", 1, stopAfter: null, resume: true));
        Assert.Equal(File.ReadAllText(folder.File("whole/losses.csv")), File.ReadAllText(folder.File("parts/losses.csv")));
        Assert.True(new FileInfo(folder.File("whole/samples.png")).Length > 0);
        string[] rows = File.ReadAllLines(folder.File("whole/losses.csv"));
        Assert.True(Loss(rows[^1]) < Loss(rows[1]), $"{rows[1]} -> {rows[^1]}");

        static double Loss(string row) => double.Parse(row.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture);

        float[] Run(string name, int threads, int? stopAfter, bool resume)
        {
            using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
            using FeedForwardTask task = Task(backend, kind);
            TrainingOptions options = new()
            {
                Folder = folder.File(name),
                Steps = 8,
                Batch = 3,
                Crop = Side,
                Side = 36,
                Rate = 1e-2,
                CheckpointEvery = 2,
                Resume = resume,
            };
            using StoppingTask stopping = new(task, stopAfter is { } stop ? stop * options.Batch : long.MaxValue);
            Trainer trainer = new(backend, stopping, data, options);
            if (stopAfter is not null)
                Assert.Throws<StoppingTask.Stop>(() => trainer.Run(_ => { }, _ => { }));
            else
                Assert.True(trainer.Run(_ => { }, _ => { }).Complete);
            return task.Parameters.Values.ToArray();
        }
    }

    [Fact]
    public void ATrainedNetworkIsTrainedFurther()
    {
        using CpuBackend backend = CpuBackend.Create();
        using FeedForwardTask first = Task(backend, "residual");
        first.Parameters.Values.Span.Fill(0.25f);
        using StyleTask further = new(backend, Styles(2), new StyleTaskOptions { LossNetwork = LossNetwork, Start = first.Network() });
        Assert.Equal(first.Parameters.Values.ToArray(), further.Parameters.Values.ToArray());
        Assert.Equal(["a", "b"], further.Network().Styles);
    }

    [Fact]
    public void WrongOptionsAreRefused()
    {
        using CpuBackend backend = CpuBackend.Create();
        StyleNetworkModel two = Task(backend, "residual").Network(), texture = Task(backend, "texture").Network();
        StyleTaskOptions options = new() { LossNetwork = LossNetwork, Width = 2 };
        Refused("There are 0 styles", () => new StyleTask(backend, []));
        Refused("1 names for 2 styles", () => new StyleTask(backend, Styles(2), options with { StyleNames = ["a"] }));
        Refused("The width is 257", () => new StyleTask(backend, Styles(1), options with { Width = 257 }));
        Refused("There are 65 residual blocks", () => new StyleTask(backend, Styles(1), options with { Blocks = 65 }));
        Refused("has 2 styles, 1 is given", () => new StyleTask(backend, Styles(1), options with { Start = two }));
        Refused("is for Texture; this training is for Style", () => new StyleTask(backend, Styles(1), options with { Start = texture }));
        Refused("is for Style; this training is for Texture", () => new TextureTask(
            backend, Styles(1)[0], new TextureTaskOptions { LossNetwork = LossNetwork, Start = two }));
        Refused("'relu5_1'; the network has relu1_1 to relu4_1", () => new StyleTask(
            backend, Styles(1), options with { ContentTap = "relu5_1" }));
        Refused("'relu5_1'", () => new UpscaleTask(
            backend, new UpscaleTaskOptions { LossNetwork = LossNetwork, Width = 2, Taps = ["relu5_1"] }));

        static void Refused(string message, Func<FeedForwardTask> create) =>
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => create().Dispose()).Message);
    }

    private static PixelImage[] Styles(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TrainingPictures.Draw(40 + i, 36, 20 + i))];

    private static FeedForwardTask Task(TrainingBackend backend, string kind)
    {
        StyleTaskOptions style = new() { LossNetwork = LossNetwork, Width = 2, Blocks = 1, RampPictures = 0, StyleNames = ["a", "b"] };
        return kind switch
        {
            "texture" => new TextureTask(
                backend, Styles(1)[0], new TextureTaskOptions { LossNetwork = LossNetwork, Width = 2, VariationWeight = 0.1 }),
            "upscale" => new UpscaleTask(backend, new UpscaleTaskOptions { LossNetwork = LossNetwork, Width = 3, Blocks = 2 }),
            "pyramid" => new StyleTask(backend, Styles(2), style with { Architecture = StyleArchitecture.Pyramid }),
            _ => new StyleTask(backend, Styles(2), style),
        };
    }

    private static double Moved(ITrainingTask task, Tensor picture, double step)
    {
        float[] values = task.Parameters.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            task.Parameters.Values.Span[i] += (float)(step * task.Parameters.Gradients.Span[i]);
        task.Refresh();
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 1, 1, new float[values.Length], losses);
        values.CopyTo(task.Parameters.Values);
        task.Refresh();
        return losses.Total;
    }
}
