using Wct.AspNetCore.Requests;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Describes options in JSON.</summary>
internal static class OptionAnswers
{
    internal static OptionAnswer Of(OptionEntry option) =>
        new(option.Name, option.Kind.ToString().ToLowerInvariant(), option.Property, option.Description)
        {
            Minimum = option.Range?.Low,
            Maximum = option.Range is { High: < double.PositiveInfinity } range ? range.High : null,
            IsExclusive = option.Range is { IsOpen: true } ? true : null,
            Values = option.Values,
            Default = option.Default,
            PerLevel = option.IsPerLevel ? true : null,
            HasStrength = option.HasStrength ? true : null,
        };
}
