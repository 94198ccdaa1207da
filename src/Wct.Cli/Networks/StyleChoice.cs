using System.Globalization;
using Wct.Net.Models;

namespace Wct.Cli.Networks;

/// <summary>Reads the value of <c>--style</c> of <c>wct apply</c>.</summary>
internal static class StyleChoice
{
    private const int MostListed = 12;

    /// <summary>A weight per style: from "0.3,0.7", "2", "wave", or "1:0.3,wave:0.7".</summary>
    /// <param name="model">The network.</param>
    /// <param name="file">The network's file, for messages.</param>
    /// <param name="text">The option's value.</param>
    /// <exception cref="Failure">The network has no such style, or another number of styles.</exception>
    /// <exception cref="UsageError">A weight is no number.</exception>
    internal static double[] Weights(StyleNetworkModel model, string file, string text)
    {
        string[] parts = text.Split(',');
        double[] weights = new double[model.StyleCount];
        // A single number is a style's number, because a network with one style needs no weight.
        if (parts.Length > 1 && parts.All(part => IsWeight(part, out _)))
        {
            if (parts.Length != weights.Length)
                throw new Failure($"{file}: has {Count(model)}, --style has {parts.Length} weights");
            for (int i = 0; i < weights.Length; i++)
                _ = IsWeight(parts[i], out weights[i]);
        }
        else
        {
            foreach (string part in parts)
                Add(part);
        }

        return weights.Any(weight => weight > 0) ? weights
            : throw new UsageError($"--style is '{text}'; one of the weights must be above 0");

        void Add(string part)
        {
            int colon = part.LastIndexOf(':');
            double weight = 1;
            if (Find(part) is { } whole)
            {
                weights[whole] += weight;
                return;
            }

            string name = colon < 0 ? part : part[..colon];
            if (colon >= 0 && !IsWeight(part[(colon + 1)..], out weight))
                throw new UsageError($"--style is '{text}'; '{part[(colon + 1)..]}' must be a weight, a number of at least 0");
            int style = Find(name) ?? throw new Failure($"{file}: there is no style '{name}'; the network has {Count(model)}");
            weights[style] += weight;
        }

        int? Find(string name)
        {
            for (int i = 0; i < model.Styles.Count; i++)
            {
                if (model.Styles[i] == name)
                    return i;
            }

            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
                && number <= weights.Length ? number - 1 : null;
        }
    }

    private static string Count(StyleNetworkModel model)
    {
        string names = model.Styles.Count == 0 ? ""
            : $": {string.Join(", ", model.Styles.Take(MostListed))}{(model.Styles.Count > MostListed ? " .." : "")}";
        return $"{model.StyleCount} style{(model.StyleCount == 1 ? "" : "s")}{names}";
    }

    private static bool IsWeight(string text, out double weight) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight) && double.IsFinite(weight);
}
