namespace Wct.Kernels.Cpu;

/// <summary>Writes the reflection that surrounds a plane.</summary>
internal static unsafe class Borders
{
    /// <summary>Completes the borders that rows <paramref name="first"/> to <paramref name="end"/> - 1 of a block are the source of.</summary>
    /// <remarks>Whoever writes rows calls it for them; when all rows are written, so is the whole border, without anyone waiting for anyone.</remarks>
    internal static void Fill(CpuTensor tensor, int block, int first, int end)
    {
        int height = tensor.Shape.Height, width = tensor.Shape.Width, lanes = tensor.Layout.Lanes;
        int left = Reflection.Index(-1, width), right = Reflection.Index(width, width);
        for (int y = first; y < end; y++)
        {
            Copy(tensor.At(block, y, left), tensor.At(block, y, -1), lanes);
            Copy(tensor.At(block, y, right), tensor.At(block, y, width), lanes);
        }

        CopyRowIfOurs(tensor, block, Reflection.Index(-1, height), -1, first, end);
        CopyRowIfOurs(tensor, block, Reflection.Index(height, height), height, first, end);
    }

    private static void CopyRowIfOurs(CpuTensor tensor, int block, int from, int to, int first, int end)
    {
        if (from >= first && from < end)
            Copy(tensor.At(block, from, -1), tensor.At(block, to, -1), (int)tensor.Layout.RowStride);
    }

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
