using System.CommandLine;
using System.Globalization;

namespace Wct.Cli;

/// <summary>The option <c>--seed</c>.</summary>
internal static class SeedOption
{
    internal static Option<ulong> Create(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
                result.AddError($"--seed is '{text}', it must be a whole number in 0..{ulong.MaxValue}");
            return value;
        },
    };
}
