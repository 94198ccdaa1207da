namespace Wct.Net.Recipes;

/// <summary>Applies weights to regions where their masks overlap.</summary>
internal static class RegionWeights
{
    /// <summary>Divides each pixel among its regions in proportion to mask times weight. A pixel of one region keeps its share.</summary>
    /// <param name="masks">The regions' masks, all of one size; null for the whole picture.</param>
    /// <param name="weights">A weight above 0 per region.</param>
    /// <param name="width">Pixels per row of the masks.</param>
    /// <param name="height">Their rows.</param>
    /// <returns>The masks themselves if the weights are equal.</returns>
    internal static IReadOnlyList<StyleMask?> Apply(IReadOnlyList<StyleMask?> masks, IReadOnlyList<double> weights, int width, int height)
    {
        // Equal weights are what the pipeline does with masks that add up to more than 1.
        if (weights.All(weight => weight == weights[0]))
            return masks;
        byte[][] shares = [.. masks.Select(_ => new byte[checked(width * height)])];
        double[] own = new double[masks.Count];
        // Only the ratio matters. A weight that is very small beside another would become 0, and its pixels nobody's.
        const double Least = 1e-12;
        double most = weights.Max();
        double[] ratios = [.. weights.Select(weight => Math.Max(weight / most, Least))];
        for (int p = 0; p < shares[0].Length; p++)
        {
            double sum = 0, weighted = 0;
            for (int i = 0; i < masks.Count; i++)
            {
                double share = masks[i]?.Shares[p] ?? byte.MaxValue;
                own[i] = share * ratios[i];
                (sum, weighted) = (sum + share, weighted + own[i]);
            }

            double scale = weighted > 0 ? Math.Min(byte.MaxValue, sum) / weighted : 0;
            for (int i = 0; i < masks.Count; i++)
                shares[i][p] = (byte)Math.Round(own[i] * scale);
        }

        return [.. shares.Select(mask => StyleMask.Owning(mask, width, height))];
    }
}
