namespace Wct.Kernels.Elementwise;

internal static partial class WeightedAddition
{
    /// <summary>Scalar reference.</summary>
    /// <param name="features">[C, H, W], planar.</param>
    /// <param name="weights">[H, W].</param>
    /// <param name="output">[C, H, W], planar.</param>
    /// <param name="accumulate">Whether to add to the output's values.</param>
    internal static void Reference(ReadOnlySpan<float> features, ReadOnlySpan<float> weights, Span<float> output, bool accumulate)
    {
        for (int i = 0; i < output.Length; i++)
        {
            float product = weights[i % weights.Length] * features[i];
            output[i] = accumulate ? output[i] + product : product;
        }
    }
}
