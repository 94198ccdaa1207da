namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Orders of eigenvalues, held as their places.</summary>
internal static unsafe class Ascending
{
    /// <summary>Numbers the places from <paramref name="first"/> on.</summary>
    internal static void Count(Span<int> places, int first)
    {
        for (int i = 0; i < places.Length; i++)
            places[i] = first + i;
    }

    /// <summary>Insertion sort: the lists are short or nearly sorted.</summary>
    internal static void Sort(Span<int> places, double* values)
    {
        for (int i = 1; i < places.Length; i++)
        {
            int place = places[i], j = i;
            for (; j > 0 && values[places[j - 1]] > values[place]; j--)
                places[j] = places[j - 1];
            places[j] = place;
        }
    }

    /// <summary>Two ascending lists to one.</summary>
    /// <param name="shift">Added to the second list's places.</param>
    /// <param name="merged">Must not overlap the lists.</param>
    internal static void Merge(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int shift, double* values, Span<int> merged)
    {
        for (int i = 0, j = 0; i + j < merged.Length;)
        {
            if (j == second.Length || (i < first.Length && values[first[i]] <= values[second[j] + shift]))
                merged[i++ + j] = first[i - 1];
            else
                merged[i + j++] = second[j - 1] + shift;
        }
    }
}
