namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Sorts eigenvalues by sorting their indices.</summary>
internal static unsafe class IndexSort
{
    /// <summary>Fills a span with consecutive indices from <paramref name="first"/> on.</summary>
    /// <param name="indices">Receives the indices.</param>
    /// <param name="first">The first index.</param>
    internal static void Fill(Span<int> indices, int first)
    {
        for (int i = 0; i < indices.Length; i++)
            indices[i] = first + i;
    }

    /// <summary>Sorts by insertion, because the lists are short or nearly sorted.</summary>
    /// <param name="indices">Indices of <paramref name="values"/>; ascending by value afterwards.</param>
    /// <param name="values">The values that the indices refer to.</param>
    internal static void Sort(Span<int> indices, double* values)
    {
        for (int i = 1; i < indices.Length; i++)
        {
            int index = indices[i], j = i;
            for (; j > 0 && values[indices[j - 1]] > values[index]; j--)
                indices[j] = indices[j - 1];
            indices[j] = index;
        }
    }

    /// <summary>Merges two sorted lists.</summary>
    /// <param name="first">Indices of the first list, ascending by value.</param>
    /// <param name="second">Indices of the second list, ascending by value, less <paramref name="shift"/>.</param>
    /// <param name="shift">Added to the second list's indices.</param>
    /// <param name="values">The values that the indices refer to.</param>
    /// <param name="merged">Receives all indices, ascending by value; must not overlap the lists.</param>
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
