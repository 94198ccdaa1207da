using Wct.Kernels;
using Wct.Net;

namespace Wct.Training.Losses;

// Styles of its own, for the optimization of pixels.
public sealed partial class GramLoss
{
    private readonly StyleTarget[] _styles;

    /// <summary>Compares with the Gram matrices of a style.</summary>
    /// <param name="style">The style. Its bytes must not change while a run uses it.</param>
    /// <param name="taps">Taps and their weights; null for relu1_1 to relu4_1 with equal weights.</param>
    /// <param name="weight">The weight in lists that give no weights.</param>
    /// <param name="name">The name in logs, for lists with several Gram losses.</param>
    /// <exception cref="ArgumentException">There is no tap, a tap is there twice, or their weights are negative, not finite or all
    /// 0.</exception>
    public GramLoss(PixelImage style, IReadOnlyList<TapWeight>? taps = null, double weight = 1, string name = "style")
        : this(weight, [new StyleTarget(style ?? throw new ArgumentNullException(nameof(style)))], taps, name)
    {
    }

    private GramLoss(double weight, IReadOnlyList<StyleTarget> styles, IReadOnlyList<TapWeight>? taps, string name)
    {
        ((Taps, _tapWeights), _styles, Weight, Name) = (TapWeight.Checked(taps ?? TapWeight.Default), [.. styles], weight, name);
        if (_styles.Length == 0)
            throw new ArgumentException("A loss of styles needs at least one style.", nameof(styles));
        foreach (StyleTarget style in _styles)
        {
            if (!(style.Weight > 0 && double.IsFinite(style.Weight)))
                throw new ArgumentException(
                    FormattableString.Invariant($"A style's weight is {style.Weight}, it must be finite and above 0."), nameof(styles));
        }
    }

    /// <inheritdoc/>
    public double Weight { get; } = 1;

    /// <inheritdoc/>
    public bool ReadsTargets => _styles.Length == 0;

    /// <summary>Compares with several styles: mixed by weight, or each in a region of the result (Gatys et al. 2017, guided Gram
    /// matrices).</summary>
    /// <param name="styles">At least one. Those with the same mask are mixed: their target is the weighted mean of their Gram
    /// matrices.</param>
    /// <param name="taps">Taps and their weights; null for relu1_1 to relu4_1 with equal weights.</param>
    /// <param name="weight">The weight in lists that give no weights.</param>
    /// <param name="name">The name in logs, for lists with several Gram losses.</param>
    /// <exception cref="ArgumentException">There is no style or no tap, a style's weight isn't above 0, a tap is there twice, or the taps'
    /// weights are negative, not finite or all 0.</exception>
    /// <remarks>The features F of a region are multiplied by its mask T, and G = Σ T²·F·Fᵀ / Σ T². The loss of a region counts by its share
    /// of the result, Σ T² / (h·w), so that each pixel is drawn to its style equally, however large its region is.</remarks>
    public static GramLoss OfStyles(
        IReadOnlyList<StyleTarget> styles, IReadOnlyList<TapWeight>? taps = null, double weight = 1, string name = "style")
    {
        ArgumentNullException.ThrowIfNull(styles);
        return new GramLoss(weight, styles, taps, name);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A style's mask has no share at a tap.</exception>
    public IDisposable Prepare(LossPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        GramTargets targets = new();
        try
        {
            foreach (IGrouping<StyleMask?, StyleTarget> region in _styles.GroupBy(style => style.Mask))
                targets.Add(Measure(preparation, region.Key, [.. region]));
            return targets;
        }
        catch
        {
            targets.Dispose();
            throw;
        }
    }

    private GramRegion Measure(LossPreparation preparation, StyleMask? mask, StyleTarget[] styles)
    {
        TrainingBackend backend = preparation.Backend;
        double[]?[] grams = new double[Taps.Count][];
        double sum = styles.Sum(style => style.Weight);
        foreach (StyleTarget style in styles)
        {
            StyleMask? own = style.Shares();
            preparation.Style(style.Picture, Taps, (tap, features) =>
            {
                using Tensor? shares = own is null ? null : Visibility.Tensor(backend, own, features.Shape);
                using Tensor? masked = Masked(backend, features, shares);
                (double[] gram, double pixels) = Gram(backend, masked ?? features, shares);
                if (pixels == 0)
                    throw new ArgumentException($"The style's mask has no share at {tap}.");
                int index = IndexOf(tap);
                grams[index] ??= new double[gram.Length];
                for (int i = 0; i < gram.Length; i++)
                    grams[index]![i] += style.Weight / sum * gram[i] / pixels;
            });
        }

        GramRegion region = new(grams!);
        StyleMask? visible = Visibility.Combine(mask, preparation.Visible);
        foreach (string tap in Taps)
            region.Shares.Add(visible is null ? null : Visibility.Tensor(backend, visible, preparation.ShapeAt(tap)));
        return region;
    }

    private double EvaluateStyles(LossContext context, int tap, double weight)
    {
        Tensor features = context.Output(Taps[tap]);
        double loss = 0;
        foreach (GramRegion region in context.Prepared<GramTargets>(this).Regions)
            loss += EvaluateRegion(context, Taps[tap], features, region.Grams[tap], region.Shares[tap], weight * _tapWeights[tap]);
        return loss;
    }

    // E = w/(4·C²)·Σ D² with D = G/Σ T² - target and w = weight·Σ T²/N. Its gradient with respect to F is w/(C²·Σ T²)·T·(D·T·F).
    private static double EvaluateRegion(
        LossContext context, string tap, Tensor features, double[] target, Tensor? shares, double weight)
    {
        TrainingBackend backend = context.Backend;
        int channels = features.Shape.Channels;
        using Tensor? masked = Masked(backend, features, shares);
        (double[] difference, double pixels) = Gram(backend, masked ?? features, shares);
        if (pixels == 0)
            return 0;
        double elements = (double)channels * channels, scale = weight / (elements * features.Shape.Pixels), loss = 0;
        double[] zero = new double[channels];
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] = difference[i] / pixels - target[i];
            loss += difference[i] * difference[i];
            difference[i] *= scale;
        }

        Tensor gradient = backend.Allocate(features.Shape);
        try
        {
            backend.Affine(masked ?? features, difference, zero, zero, gradient);
            if (shares is not null)
            {
                backend.AddWeighted(gradient, shares, masked!, accumulate: false);
                backend.Copy(masked!, gradient);
            }
        }
        catch
        {
            gradient.Dispose();
            throw;
        }

        context.AddGradient(tap, gradient);
        return weight * pixels / features.Shape.Pixels * loss / (4 * elements);
    }

    // T·F; null without a mask.
    private static Tensor? Masked(TrainingBackend backend, Tensor features, Tensor? shares)
    {
        if (shares is null)
            return null;
        Tensor masked = backend.Allocate(features.Shape);
        backend.AddWeighted(features, shares, masked, accumulate: false);
        return masked;
    }

    // Σ T²·F·Fᵀ, and Σ T².
    private static (double[] Gram, double Pixels) Gram(TrainingBackend backend, Tensor masked, Tensor? shares)
    {
        double[] gram = new double[masked.Shape.Channels * masked.Shape.Channels];
        backend.Gram(masked, gram);
        return (gram, shares is null ? masked.Shape.Pixels : backend.Dot(shares, shares));
    }

    private int IndexOf(string tap)
    {
        int index = 0;
        while (Taps[index] != tap)
            index++;
        return index;
    }

    private string DescribeStyles() => $"{Name} at {TapWeight.Describe(Taps, _tapWeights)} of " + string.Join(" + ", _styles.Select(style =>
        FormattableString.Invariant($"{style.Weight} {Fingerprint.Of(style.Picture)}")
            + (style.Mask is { } mask ? $" in {Fingerprint.Of(mask.Shares)}" : "")
            + (style.StyleMask is { } own ? $" of {Fingerprint.Of(own.Shares)}" : "")));

    // The targets of a region at each tap, and the region's mask.
    private sealed record GramRegion(double[][] Grams)
    {
        internal List<Tensor?> Shares { get; } = [];
    }

    private sealed class GramTargets : IDisposable
    {
        internal List<GramRegion> Regions { get; } = [];

        internal void Add(GramRegion region) => Regions.Add(region);

        public void Dispose() => Regions.ForEach(region => region.Shares.ForEach(shares => shares?.Dispose()));
    }
}
