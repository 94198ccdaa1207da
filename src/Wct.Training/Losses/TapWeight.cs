namespace Wct.Training.Losses;

/// <summary>A tap and its weight beside other taps.</summary>
/// <param name="Tap">See <see cref="LossTap.Level"/>.</param>
/// <param name="Weight">At least 0; only the proportions of the weights matter.</param>
public readonly record struct TapWeight(string Tap, double Weight = 1)
{
    /// <summary>The taps relu1_1 to relu4_1 with equal weights.</summary>
    internal static IReadOnlyList<TapWeight> Default { get; } =
        [.. Enumerable.Range(1, 4).Select(level => new TapWeight(LossTap.Level(level)))];

    /// <summary>Checks taps, and divides their weights by the sum.</summary>
    /// <exception cref="ArgumentException">There is no tap, a tap is there twice, a weight is negative or not finite, or all are
    /// 0.</exception>
    internal static (string[] Taps, double[] Shares) Checked(IReadOnlyList<TapWeight> taps)
    {
        FeatureLoss.Checked([.. taps.Select(tap => tap.Tap)]);
        if (taps.GroupBy(tap => tap.Tap).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The tap '{twice.Key}' is given {twice.Count()} times.", nameof(taps));
        foreach (TapWeight tap in taps)
        {
            if (!(tap.Weight >= 0 && double.IsFinite(tap.Weight)))
                throw new ArgumentException(
                    FormattableString.Invariant($"The weight of '{tap.Tap}' is {tap.Weight}, it must be finite and at least 0."),
                    nameof(taps));
        }

        double sum = taps.Sum(tap => tap.Weight);
        if (!(sum > 0))
            throw new ArgumentException($"The weights of the taps are all 0; '{taps[0].Tap}' is one of them.", nameof(taps));
        TapWeight[] used = [.. taps.Where(tap => tap.Weight > 0)];
        return ([.. used.Select(tap => tap.Tap)], [.. used.Select(tap => tap.Weight / sum)]);
    }

    /// <summary>Returns tap and weight for descriptions, such as "relu3_1:0.5".</summary>
    internal static string Describe(IReadOnlyList<string> taps, IReadOnlyList<double> weights) =>
        string.Join('+', taps.Zip(weights, (tap, weight) => FormattableString.Invariant($"{tap}:{weight}")));
}
