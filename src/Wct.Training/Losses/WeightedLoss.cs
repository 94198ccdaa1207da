namespace Wct.Training.Losses;

/// <summary>A loss term and its weight in the total loss.</summary>
public sealed record WeightedLoss
{
    private static readonly string[] Reserved = ["step", "rate", LossValues.TotalName];

    /// <summary>Checks the term's name and the weight.</summary>
    /// <param name="term">The term.</param>
    /// <param name="weight">Its weight, at least 0. A term with weight 0 is not evaluated; its value in the log is 0.</param>
    /// <exception cref="ArgumentException">The term's name is empty or reserved, or has characters other than letters, digits, '_', '-' and
    /// '.'.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public WeightedLoss(ILossTerm term, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, $"The weight of '{term.Name}' must be finite and at least 0.");
        if (string.IsNullOrEmpty(term.Name) || !term.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.'))
            throw new ArgumentException($"The name '{term.Name}' is invalid: use letters, digits, '_', '-' and '.'.", nameof(term));
        if (Reserved.Contains(term.Name))
            throw new ArgumentException($"The name '{term.Name}' is reserved: the log has another column of this name.", nameof(term));
        (Term, Weight) = (term, weight);
    }

    /// <summary>The term.</summary>
    public ILossTerm Term { get; }

    /// <summary>The weight, at least 0.</summary>
    public double Weight { get; }

    /// <summary>Returns weight and description, such as "0.5 feature at relu3_1".</summary>
    /// <returns>The text that identifies the term in checkpoints.</returns>
    public override string ToString() => FormattableString.Invariant($"{Weight} {Term.Description}");
}
