using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

/// <summary>Compares the gradient with respect to the pixels with differences of the loss, on a small random network.</summary>
public class PixelGradientTests
{
    private const int Width = 33, Height = 26;

    private static readonly PixelImage Style = TrainingPictures.Draw(40, 30, 1), Content = TrainingPictures.Draw(Width, Height, 2);

    private static readonly IReadOnlyList<TapWeight> Taps = [new("relu1_1"), new("relu2_2", 0.5), new("relu3_1", 2)];

    private static Dictionary<string, ILossTerm> All { get; } = new()
    {
        ["style"] = new GramLoss(Style, Taps),
        ["mixed"] = GramLoss.OfStyles([new StyleTarget(Style), new StyleTarget(Content) { Weight = 0.3 }], Taps),
        ["masked"] = GramLoss.OfStyles(
            [
                new StyleTarget(Style) { Mask = Half(left: true), StyleMask = Half(left: false) },
                new StyleTarget(Content) { Mask = Half(left: false) },
            ],
            Taps),
        ["content"] = new ContentLoss(Content, "relu3_1"),
        ["patches"] = new MarkovLoss(Style, Taps),
        ["relative"] = new RelativeLoss(new GramLoss(Style, Taps)),
        ["relative patches"] = new RelativeLoss(new MarkovLoss(Style, Taps)),
        ["variation"] = new TotalVariationLoss(),
        ["feature"] = new FeatureLoss(["relu2_1", "relu2_2"]),
        ["pixel"] = new PixelLoss(),
        ["temporal"] = new TemporalLoss([Earlier(0.6f), Earlier(-0.4f)]),
        ["gram"] = new GramLoss(["relu2_1"]),
        ["brightness"] = new Losses.BrightnessLoss("relu2_1"),
    };

    public static TheoryData<string> Terms => [.. All.Keys];

    // Central differences along random directions. They have a small error of their own where a ReLU or a maximum switches.
    [Theory]
    [MemberData(nameof(Terms))]
    public void GradientsMatchDifferences(string name)
    {
        using CpuBackend backend = CpuBackend.Create();
        using PixelObjective objective = new(backend, Network(), [new WeightedLoss(All[name], 3)]);
        objective.Prepare(new ScaledPictures(backend, Content, Width, Height, 0, ColorPreservation.None));
        TensorShape shape = new(3, Height, Width);
        float[] numbers = Samples.Numbers(shape.Length, 3);
        using Tensor picture = backend.Tensor(shape, [.. numbers.Select(value => 0.5f + value / 4)]), other = backend.Allocate(shape);
        using Tensor gradient = backend.Allocate(shape), unused = backend.Allocate(shape);
        double value = objective.Evaluate(picture, gradient);
        Assert.True(value > 0);
        Assert.Equal(value, 3 * objective.Losses[All[name].Name], 1e-6 * value);
        double norm = Math.Sqrt(backend.Dot(gradient, gradient));
        Assert.True(norm > 0);
        for (int seed = 10; seed < 14; seed++)
        {
            // The gradient itself, with noise of the same size.
            float[] slopes = backend.Numbers(gradient), noise = Samples.Numbers(shape.Length, seed);
            double length = Math.Sqrt(noise.Sum(x => (double)x * x));
            using Tensor direction = backend.Tensor(shape, [.. slopes.Zip(noise, (s, n) => (float)(s / norm + n / length))]);
            double expected = backend.Dot(gradient, direction);
            const float Step = 1e-2f;
            double above = At(Step), below = At(-Step);
            Assert.Equal(expected, (above - below) / (2 * Step), 0.02 * Math.Abs(expected));

            double At(float step)
            {
                backend.Copy(picture, Region.Of(shape), other, 0, 0);
                backend.AddScaled(direction, step, other);
                return objective.Evaluate(other, unused);
            }
        }
    }

    // A style whose mask is the right half doesn't change pixels far to the left of it.
    [Fact]
    public void AMaskKeepsTheStyleInItsRegion()
    {
        using CpuBackend backend = CpuBackend.Create();
        GramLoss term = GramLoss.OfStyles([new StyleTarget(Style) { Mask = Half(left: false) }], [new TapWeight("relu1_1")]);
        using PixelObjective objective = new(backend, Network(), [new WeightedLoss(term)]);
        objective.Prepare(new ScaledPictures(backend, Content, Width, Height, 0, ColorPreservation.None));
        TensorShape shape = new(3, Height, Width);
        using Tensor picture = backend.Tensor(shape, Samples.Numbers(shape.Length, 3)), gradient = backend.Allocate(shape);
        objective.Evaluate(picture, gradient);
        float[] slopes = backend.Numbers(gradient);
        Assert.All(Enumerable.Range(0, slopes.Length).Where(i => i % Width < Width / 2 - 3), i => Assert.Equal(0, slopes[i]));
        Assert.Contains(Enumerable.Range(0, slopes.Length).Where(i => i % Width > Width / 2 + 3), i => slopes[i] != 0);
    }

    // Two regions of the same style, which cover everything, weigh as much as the whole picture does: features that are the same
    // everywhere have the same Gram matrices in both.
    [Fact]
    public void RegionsCountByTheirArea()
    {
        using CpuBackend backend = CpuBackend.Create();
        double whole = Loss([new StyleTarget(Style)]);
        double halves = Loss([new StyleTarget(Style) { Mask = Half(left: true) }, new StyleTarget(Style) { Mask = Half(left: false) }]);
        Assert.Equal(whole, halves, 1e-5 * whole);

        double Loss(StyleTarget[] styles)
        {
            using PixelObjective objective = new(
                backend, Network(), [new WeightedLoss(GramLoss.OfStyles(styles, [new TapWeight("relu1_1")]))]);
            objective.Prepare(new ScaledPictures(backend, Content, Width, Height, 0, ColorPreservation.None));
            TensorShape shape = new(3, Height, Width);
            float[] gray = new float[shape.Length];
            Array.Fill(gray, 0.3f);
            using Tensor picture = backend.Tensor(shape, gray), gradient = backend.Allocate(shape);
            return objective.Evaluate(picture, gradient);
        }
    }

    // The loss of a network whose features are ten times larger is the same.
    [Fact]
    public void ARelativeLossDoesNotDependOnTheScaleOfFeatures()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights network = Network();
        ConvolutionWeights[] scaled = [.. network.Convolutions.Select(convolution => convolution.Name != "conv1_1" ? convolution
            : new ConvolutionWeights(
                convolution.Name, convolution.OutChannels, convolution.InChannels, convolution.KernelSize,
                convolution.Weights.ToArray().Select(value => 10 * value).ToArray(),
                convolution.Bias.ToArray().Select(value => 10 * value).ToArray()))];
        ILossTerm style = new GramLoss(Style, [new TapWeight("relu1_1")]), relative = new RelativeLoss((GramLoss)style);
        Assert.Equal(10_000, Loss(scaled, style) / Loss(network.Convolutions, style), 10.0);
        Assert.Equal(1, Loss(scaled, relative) / Loss(network.Convolutions, relative), 1e-4);

        double Loss(IEnumerable<ConvolutionWeights> weights, ILossTerm term)
        {
            using PixelObjective objective = new(backend, new EncoderWeights(3, weights), [new WeightedLoss(term)]);
            objective.Prepare(new ScaledPictures(backend, Content, Width, Height, 0, ColorPreservation.None));
            TensorShape shape = new(3, Height, Width);
            using Tensor picture = backend.Tensor(shape, Samples.Numbers(shape.Length, 3)), gradient = backend.Allocate(shape);
            return objective.Evaluate(picture, gradient);
        }
    }

    // Alpha counts like a mask. The network sees white in place of hidden colors.
    [Fact]
    public void HiddenPixelsOfAStyleDoNotCount()
    {
        using CpuBackend backend = CpuBackend.Create();
        PixelImage transparent = new(Width, Height, PixelLayout.Rgba32), white = new(Width, Height);
        StyleMask left = Half(left: true);
        for (int i = 0; i < Width * Height; i++)
        {
            Content.Bytes.AsSpan(3 * i, 3).CopyTo(transparent.Bytes.AsSpan(4 * i));
            transparent.Bytes[4 * i + 3] = left.Shares[i];
            for (int c = 0; c < 3; c++)
                white.Bytes[3 * i + c] = left.Shares[i] > 0 ? Content.Bytes[3 * i + c] : (byte)255;
        }

        double hidden = Loss(new StyleTarget(transparent));
        Assert.Equal(Loss(new StyleTarget(white) { StyleMask = left }), hidden);
        Assert.NotEqual(Loss(new StyleTarget(white)), hidden);

        double Loss(StyleTarget style)
        {
            using PixelObjective objective = new(
                backend, Network(), [new WeightedLoss(GramLoss.OfStyles([style], [new TapWeight("relu1_1")]))]);
            objective.Prepare(new ScaledPictures(backend, null, Width, Height, 0, ColorPreservation.None));
            TensorShape shape = new(3, Height, Width);
            using Tensor picture = backend.Tensor(shape, Samples.Numbers(shape.Length, 3)), gradient = backend.Allocate(shape);
            return objective.Evaluate(picture, gradient);
        }
    }

    private static EncoderWeights Network() => RandomModel.Create([16, 16, 24], 1).Levels[0].Encoder;

    // A frame that moved by some pixels, but not everywhere.
    private static EarlierFrame Earlier(float motion)
    {
        float[] vectors = new float[2 * Width * Height];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = i / 2 % Width < Width / 3 ? 0 : motion;
        return new EarlierFrame(TrainingPictures.Draw(Width, Height, 5), new FlowField(vectors, Width, Height));
    }

    private static StyleMask Half(bool left)
    {
        byte[] shares = new byte[Width * Height];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = i % Width < Width / 2 == left ? (byte)255 : (byte)0;
        return new StyleMask(shares, Width, Height);
    }
}
