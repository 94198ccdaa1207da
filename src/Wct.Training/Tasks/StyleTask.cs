using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Networks.Architectures;

namespace Wct.Training.Tasks;

/// <summary>Trains a network that stylizes photos: with one style (Johnson et al. 2016; Ulyanov et al. 2016), or with several by
/// conditional instance normalization (Dumoulin et al. 2017).</summary>
/// <remarks>With several styles, the pictures of a batch have them by turns.</remarks>
public sealed class StyleTask : FeedForwardTask
{
    // The share of the style's weight with which the ramp begins.
    private const double FirstShare = 0.001;

    private readonly int _styles;
    private readonly long _ramp;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="styles">The paintings, at least one, in the size in which the network shall imitate them. Their bytes must not change
    /// while the task uses them.</param>
    /// <param name="options">Losses and layers; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no style, the number of names differs, an option is out of range, the loss network
    /// lacks a tap, or the network to start from has other styles.</exception>
    public StyleTask(TrainingBackend backend, IReadOnlyList<PixelImage> styles, StyleTaskOptions? options = null)
        : base(
            backend ?? throw new ArgumentNullException(nameof(backend)), First(styles, options ??= new StyleTaskOptions()),
            Terms(styles, options), options, $", ramp of {options.RampPictures} pictures")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.RampPictures);
        (_styles, _ramp) = (styles.Count, options.RampPictures);
    }

    private protected override int Style(long index) => (int)(index % _styles);

    private protected override double StyleShare(long index) => index >= _ramp ? 1 : Math.Pow(FirstShare, 1 - index / (double)_ramp);

    private static StyleNetworkModel First(IReadOnlyList<PixelImage> styles, StyleTaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(styles);
        if (styles.Count == 0)
            throw new ArgumentException("There are 0 styles, at least one is needed.", nameof(styles));
        if (options.StyleNames.Count > 0 && options.StyleNames.Count != styles.Count)
            throw new ArgumentException($"There are {options.StyleNames.Count} names for {styles.Count} styles.", nameof(options));
        if (Start(options, styles.Count) is { } start)
            return start;
        // Names also say how many styles there are.
        IReadOnlyList<string> names = options.StyleNames.Count > 0 ? options.StyleNames
            : [.. Enumerable.Range(1, styles.Count).Select(number => $"style{number}")];
        bool isPyramid = options.Architecture == StyleArchitecture.Pyramid;
        int width = Checked(options.Width == 0 ? isPyramid ? 8 : 16 : options.Width, options.Blocks);
        return isPyramid ? Architecture.Pyramid(width, names, options.Seed)
            : Architecture.Residual(width, options.Blocks, names, options.Seed);
    }

    private static WeightedLoss[] Terms(IReadOnlyList<PixelImage> styles, StyleTaskOptions options) =>
    [
        new WeightedLoss(
            new StyleChoiceLoss(styles.Select(style => new RelativeLoss(new GramLoss(style, options.StyleTaps)))), options.StyleWeight),
        new WeightedLoss(new RelativeFeatureLoss([options.ContentTap]), options.ContentWeight),
        new WeightedLoss(new TotalVariationLoss(), options.VariationWeight),
    ];
}
