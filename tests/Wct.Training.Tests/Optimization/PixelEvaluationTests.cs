using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

/// <summary>Tests the losses of a picture that isn't optimized.</summary>
public class PixelEvaluationTests
{
    private static readonly PixelImage Picture = TrainingPictures.Draw(45, 37, 1), Style = TrainingPictures.Draw(48, 40, 2),
        Content = TrainingPictures.Draw(45, 37, 3);

    private static readonly TapWeight[] Taps = [new("relu1_1"), new("relu2_1"), new("relu3_1", 2)];

    private static readonly PixelOptimizerOptions Options = new() { Network = RandomModel.Create([8, 12, 16], 1).Levels[0].Encoder };

    // Plain loops over the features of picture, style and content.
    [Theory]
    [InlineData(PoolingKind.Max)]
    [InlineData(PoolingKind.Average)]
    public void TheValuesAreThoseOfTheDefinitions(PoolingKind pooling)
    {
        PixelOptimizerOptions options = Options with { Pooling = pooling };
        Dictionary<string, (float[] Values, int Channels)> picture = Features(Picture), style = Features(Style),
            content = Features(Content);
        double gram = 0, zeroGram = 0;
        foreach (TapWeight tap in Taps)
        {
            double[] target = Gram(style[tap.Tap]);
            gram += tap.Weight / 4 * GramDistance(Gram(picture[tap.Tap]), target);
            zeroGram += tap.Weight / 4 * GramDistance(new double[target.Length], target);
        }

        (float[] own, float[] kept) = (picture["relu2_1"].Values, content["relu2_1"].Values);
        double distance = own.Zip(kept, (a, b) => (double)(a - b) * (a - b)).Average() / 2;
        double zeroDistance = kept.Average(value => (double)value * value) / 2;
        LossValues raw = Evaluate([new GramLoss(Style, Taps, 7), new ContentLoss(Content, "relu2_1", 3)], options);
        LossValues relative = Evaluate(
            [new RelativeLoss(new GramLoss(Style, Taps)), new RelativeLoss(new ContentLoss(Content, "relu2_1"))], options);
        Assert.Equal(1, raw["style"] / gram, 1e-5);
        Assert.Equal(1, raw["content"] / distance, 1e-5);
        Assert.Equal(1, raw.Total / (7 * gram + 3 * distance), 1e-5);
        Assert.Equal(1, relative["style"] / (gram / zeroGram), 1e-5);
        Assert.Equal(1, relative["content"] / (distance / zeroDistance), 1e-5);

        Dictionary<string, (float[] Values, int Channels)> Features(PixelImage of)
        {
            FeatureCopies copies = new([.. Taps.Select(tap => tap.Tap)]);
            Assert.Equal(0, PixelOptimizer.Evaluate(of, [copies], null, options, TestContext.Current.CancellationToken).Total);
            return copies.Features;
        }
    }

    [Fact]
    public void TheValuesAreThoseOfAnOptimizationsFirstPicture()
    {
        byte[] before = [.. Picture.Bytes];
        ILossTerm[] losses =
        [
            new GramLoss(Style, Taps, 10), new MarkovLoss(Style, Taps), new ContentLoss(Content, "relu2_1"), new TotalVariationLoss(0.01),
        ];
        using CpuBackend backend = CpuBackend.Create();
        using PixelObjective objective = new(backend, Options.Network!, [.. losses.Select(term => new WeightedLoss(term, term.Weight))]);
        objective.Prepare(new ScaledPictures(backend, content: null, Picture.Width, Picture.Height, 0, ColorPreservation.None));
        using Tensor picture = Crop.Load(backend, Picture), gradient = backend.Allocate(picture.Shape);
        double total = objective.Evaluate(picture, gradient);
        foreach (int threads in (int[])[1, 2, 3])
        {
            LossValues values = Evaluate(losses, Options with { Threads = threads });
            Assert.Equal(total, values.Total);
            Assert.Equal(objective.Losses.Terms, values.Terms);
        }

        Assert.Equal(before, Picture.Bytes);
    }

    [Fact]
    public void TheStyleItselfHasNoStyleLoss()
    {
        LossValues values = PixelOptimizer.Evaluate(
            Style, [new RelativeLoss(new GramLoss(Style, Taps))], null, Options, TestContext.Current.CancellationToken);
        Assert.InRange(values["style"], 0, 1e-12);
    }

    [Fact]
    public void TermsWithoutTargetsOfTheirOwnCompareWithTheContent()
    {
        ILossTerm[] losses = [new FeatureLoss(["relu2_1"]), new PixelLoss()];
        LossValues values = PixelOptimizer.Evaluate(Picture, losses, Content, Options, TestContext.Current.CancellationToken);
        LossValues half = Evaluate([new ContentLoss(Content, "relu2_1")], Options);
        Assert.Equal(1, values["feature"] / (2 * half["content"]), 1e-6);
        double pixels = Picture.Bytes.Zip(Content.Bytes, (a, b) => (a - b) / 255.0 * ((a - b) / 255.0)).Average();
        Assert.Equal(1, values["pixel"] / pixels, 1e-5);
        Assert.Equal(0, PixelOptimizer.Evaluate(Picture, losses, Picture, Options, TestContext.Current.CancellationToken).Total);
    }

    // A content with another size or layout, and colors of the content for the style.
    [Fact]
    public void TheContentsColorsCount()
    {
        PixelImage dark = new(20, 30);
        for (int i = 0; i < dark.Bytes.Length; i++)
            dark.Bytes[i] = (byte)(i % 97);
        ILossTerm[] losses = [new GramLoss(Style, Taps)];
        double Loss(PixelImage? content, ColorPreservation colors) => PixelOptimizer.Evaluate(
            Picture, losses, content, Options with { PreserveColor = colors }, TestContext.Current.CancellationToken).Total;
        double plain = Loss(null, ColorPreservation.None);
        Assert.Equal(plain, Loss(dark, ColorPreservation.None));
        Assert.NotEqual(plain, Loss(dark, ColorPreservation.Linear));
    }

    [Fact]
    public void HiddenPixelsDoNotCount()
    {
        ILossTerm[] losses = [new GramLoss(Style, Taps)];
        double Loss(byte alpha, byte hidden)
        {
            PixelImage picture = new(45, 37, PixelLayout.Rgba32);
            for (int i = 0; i < picture.Bytes.Length; i++)
            {
                bool isHidden = i / 4 % 45 < 20;
                picture.Bytes[i] = i % 4 == 3 ? isHidden ? alpha : (byte)255 : isHidden ? hidden : Picture.Bytes[i / 4 * 3 + i % 4];
            }

            return PixelOptimizer.Evaluate(picture, losses, null, Options, TestContext.Current.CancellationToken).Total;
        }

        Assert.Equal(Loss(0, 10), Loss(0, 200));
        Assert.NotEqual(Loss(255, 10), Loss(255, 200));
        Assert.NotEqual(Loss(255, 255), Loss(0, 255));
    }

    [Fact]
    public void MistakesGiveOneClearError()
    {
        void Fails<T>(string message, Action run)
            where T : Exception => Assert.Contains(message, Assert.ThrowsAny<T>(run).Message);
        Fails<ArgumentNullException>("picture", () => PixelOptimizer.Evaluate(null!, [new TotalVariationLoss()], null, Options));
        Fails<ArgumentException>("at least one with a weight above 0", () => Evaluate([new TotalVariationLoss(0)], Options));
        Fails<ArgumentException>(
            "Two loss terms have the name 'variation'", () => Evaluate([new TotalVariationLoss(), new TotalVariationLoss()], Options));
        Fails<ArgumentException>("'relu4_1'; the network has relu1_1 to relu3_1", () => Evaluate([new ContentLoss(Content)], Options));
        Fails<ArgumentException>("compares with a content, and there is none", () => Evaluate([new FeatureLoss(["relu1_1"])], Options));
        Fails<ArgumentException>("Threads", () => Evaluate([new TotalVariationLoss()], Options with { Threads = -1 }));
        Fails<InvalidDataException>("The loss 'constant' of the picture is NaN.", () => Evaluate([new Constant(double.NaN)], Options));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => PixelOptimizer.Evaluate(Picture, [new TotalVariationLoss()], null, Options, source.Token));
    }

    private static LossValues Evaluate(IReadOnlyList<ILossTerm> losses, PixelOptimizerOptions options) =>
        PixelOptimizer.Evaluate(Picture, losses, null, options, TestContext.Current.CancellationToken);

    // F·Fᵀ / N.
    private static double[] Gram((float[] Values, int Channels) features)
    {
        (float[] values, int channels) = features;
        int pixels = values.Length / channels;
        double[] gram = new double[channels * channels];
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++)
            {
                for (int n = 0; n < pixels; n++)
                    gram[i * channels + j] += (double)values[i * pixels + n] * values[j * pixels + n] / pixels;
            }
        }

        return gram;
    }

    // Σ (G - G')² / (4·C²); the matrices have C² elements.
    private static double GramDistance(double[] gram, double[] target) =>
        gram.Zip(target, (a, b) => (a - b) * (a - b)).Sum() / (4 * gram.Length);

    // A term that keeps the features of the picture, and adds nothing to the loss.
    private sealed class FeatureCopies(string[] taps) : IPreparedLossTerm
    {
        internal Dictionary<string, (float[] Values, int Channels)> Features { get; } = [];

        public string Name => "copies";

        public IReadOnlyList<string> Taps => taps;

        public IDisposable Prepare(LossPreparation preparation) => new MemoryStream();

        public double Evaluate(LossContext context, double weight)
        {
            foreach (string tap in taps)
            {
                Tensor features = context.Output(tap);
                float[] values = new float[features.Shape.Length];
                context.Backend.Read(features, values);
                Features[tap] = (values, features.Shape.Channels);
            }

            return 0;
        }
    }

    // A term that doesn't depend on the picture.
    private sealed class Constant(double value) : ILossTerm
    {
        public string Name => "constant";

        public IReadOnlyList<string> Taps => [LossTap.Picture];

        public double Evaluate(LossContext context, double weight) => weight * value;
    }
}
