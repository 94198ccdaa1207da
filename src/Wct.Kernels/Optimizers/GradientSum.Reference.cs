namespace Wct.Kernels.Optimizers;

/// <summary>Adds up the gradients of pictures that went through a network at the same time.</summary>
internal static partial class GradientSum
{
    /// <summary>The definition: the order is a part of it, so that every backend gives the same bits.</summary>
    internal static void Reference(IReadOnlyList<float[]> parts, float[] sum)
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
