namespace Wct.Kernels.Cpu;

/// <summary>Writes the reflection of a plane to its border.</summary>
internal static unsafe class Borders
{
    /// <summary>Writes the border pixels that are reflections of rows <paramref name="first"/> to <paramref name="end"/> - 1.</summary>
    /// <param name="tensor">Tensor whose rows are written.</param>
    /// <param name="block">Block of channels.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">Row after the last one.</param>
    /// <remarks>Each task calls it for the rows that it wrote. When all tasks have ended, the whole border is complete, and no task had to
    /// wait for another.</remarks>
    internal static void Fill(CpuTensor tensor, int block, int first, int end)
    {
        int height = tensor.Shape.Height, width = tensor.Shape.Width, lanes = tensor.Layout.Lanes;
        int left = Reflection.Index(-1, width), right = Reflection.Index(width, width);
        for (int y = first; y < end; y++)
        {
            Copy(tensor.At(block, y, left), tensor.At(block, y, -1), lanes);
            Copy(tensor.At(block, y, right), tensor.At(block, y, width), lanes);
        }

        CopyRowIfInRange(tensor, block, Reflection.Index(-1, height), -1, first, end);
        CopyRowIfInRange(tensor, block, Reflection.Index(height, height), height, first, end);
    }

    private static void CopyRowIfInRange(CpuTensor tensor, int block, int from, int to, int first, int end)
    {
        if (from >= first && from < end)
            Copy(tensor.At(block, from, -1), tensor.At(block, to, -1), (int)tensor.Layout.RowStride);
    }

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
