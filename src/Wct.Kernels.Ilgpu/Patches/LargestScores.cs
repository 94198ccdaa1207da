using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Patches;

/// <summary>Keeps the largest score of each pixel, and the number of its candidate.</summary>
internal static class LargestScores
{
    private const int ThreadBlockSize = 256;

    /// <param name="scores">[pixels, candidates].</param>
    /// <param name="best">[pixels, 2]: score and number of the best candidate.</param>
    /// <param name="candidates">Number of candidates.</param>
    /// <param name="first">Number of the first candidate. If it is 0, <paramref name="best"/> is overwritten.</param>
    /// <param name="pixels">Number of pixels.</param>
    [KernelName("KeepLargest"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(ArrayView<float> scores, ArrayView<float> best, int candidates, int first, int pixels)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= pixels)
            return;
        float largest = float.NegativeInfinity, number = 0f;
        if (first != 0)
        {
            largest = best[2 * i];
            number = best[2 * i + 1];
        }

        for (int c = 0; c < candidates; c++)
        {
            float score = scores[i * candidates + c];
            // Not a branch: ILGPU's OpenCL C would branch on score <= largest, and NaN would win.
            bool wins = score > largest;
            number = wins ? first + c : number;
            largest = wins ? score : largest;
        }

        best[2 * i] = largest;
        best[2 * i + 1] = number;
    }
}
