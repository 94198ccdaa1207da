namespace Wct.Kernels.Patches;

/// <summary>Keeps the largest score of each pixel, and the number of its candidate.</summary>
internal static partial class LargestScores
{
    /// <summary>Scalar reference.</summary>
    /// <param name="scores">[B, H, W], planar.</param>
    /// <param name="first">Number of the first candidate. If it is 0, <paramref name="best"/> is overwritten.</param>
    /// <param name="best">[2, H, W], planar: scores and numbers.</param>
    internal static void Reference(ReadOnlySpan<float> scores, int first, Span<float> best)
    {
        Span<float> largest = best[..(best.Length / 2)], numbers = best[(best.Length / 2)..];
        if (first == 0)
        {
            largest.Fill(float.NegativeInfinity);
            numbers.Clear();
        }

        for (int i = 0; i < scores.Length; i++)
        {
            int candidate = first + i / largest.Length, pixel = i % largest.Length;
            if (scores[i] > largest[pixel])
                (largest[pixel], numbers[pixel]) = (scores[i], candidate);
        }
    }
}
