namespace Wct.Training.Losses;

/// <summary>One loss of several, each for a style of a network: that of the style which the evaluated picture has.</summary>
/// <remarks>Its gradient is multiplied by the context's share of the style. Its value isn't, so that values of the whole run can be
/// compared.</remarks>
internal sealed class StyleChoiceLoss : IPreparedLossTerm
{
    private readonly IPreparedLossTerm[] _styles;

    /// <param name="styles">A loss per style, with the same name and taps.</param>
    internal StyleChoiceLoss(IEnumerable<IPreparedLossTerm> styles) => _styles = [.. styles];

    public string Name => _styles[0].Name;

    public IReadOnlyList<string> Taps => _styles[0].Taps;

    public string Description => string.Join(" or ", _styles.Select(style => style.Description));

    public IDisposable Prepare(LossPreparation preparation)
    {
        Choice choice = new();
        try
        {
            foreach (IPreparedLossTerm style in _styles)
                choice.Targets.Add(style.Prepare(preparation));
            return choice;
        }
        catch
        {
            choice.Dispose();
            throw;
        }
    }

    public double Evaluate(LossContext context, double weight)
    {
        IPreparedLossTerm style = _styles[context.Style];
        context.Provide(style, context.Prepared<Choice>(this).Targets[context.Style]);
        return style.Evaluate(context, weight * context.StyleShare) / context.StyleShare;
    }

    // The targets of each style.
    private sealed class Choice : IDisposable
    {
        internal List<IDisposable> Targets { get; } = [];

        public void Dispose() => Targets.ForEach(targets => targets.Dispose());
    }
}
