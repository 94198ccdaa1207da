namespace Wct.Kernels.Optimizers;

/// <summary>Adds up the gradients of pictures that were processed in parallel.</summary>
internal static partial class GradientSum
{
    /// <summary>Scalar reference. It defines the order of additions, so every backend gives the same bits.</summary>
    internal static void Reference(IReadOnlyList<float[]> parts, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            float total = parts[0][i];
            for (int part = 1; part < parts.Count; part++)
                total += parts[part][i];
            sum[i] = total;
        }
    }
}
