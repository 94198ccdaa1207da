using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Losses;

/// <summary>Names of the taps that loss terms read.</summary>
public static class LossTap
{
    /// <summary>The picture itself: [3, H, W], in 0..1.</summary>
    public const string Picture = "picture";

    private const string Convolution = "conv", Relu = "relu";

    /// <summary>The tap of a level, after its ReLU: "relu3_1" for level 3.</summary>
    /// <param name="level">The level, in 1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string Level(int level) => Of(Vgg19.Tap(level));

    /// <summary>The tap after a convolution's ReLU: "relu3_2" for "conv3_2".</summary>
    internal static string Of(string convolution) => Relu + convolution[Convolution.Length..];

    /// <summary>The convolution before a tap: "conv3_2" for "relu3_2".</summary>
    internal static string ConvolutionOf(string tap) => Convolution + tap[Relu.Length..];

    /// <summary>The shape of a picture's features at a tap, apart from the channels.</summary>
    internal static TensorShape ShapeAt(string tap, TensorShape picture)
    {
        for (int pool = 1; pool < tap[Relu.Length] - '0'; pool++)
            picture = picture.Pooled;
        return picture;
    }

    /// <summary>The level of a tap.</summary>
    /// <exception cref="ArgumentException">The name is not the tap of a level.</exception>
    internal static int LevelOf(string tap)
    {
        int level = Enumerable.Range(1, Vgg19.DeepestLevel).FirstOrDefault(candidate => Level(candidate) == tap);
        return level > 0 ? level : throw new ArgumentException(
            $"'{tap}' is not a tap; taps are '{Picture}' and '{Level(1)}' to '{Level(Vgg19.DeepestLevel)}'.", nameof(tap));
    }
}
