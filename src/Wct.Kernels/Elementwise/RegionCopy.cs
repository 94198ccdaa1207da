using Wct.Kernels.Cpu;

namespace Wct.Kernels.Elementwise;

internal static partial class RegionCopy
{
    /// <summary>Copies row by row, and writes the border pixels that are reflections of these rows. If a map is written in parts, its
    /// borders are complete after the last part.</summary>
    internal static unsafe void Run(CpuTensor source, Region region, CpuTensor destination, int y, int x, Workers workers)
    {
        int length = region.Width * source.Layout.Lanes;
        workers.Run(source.Layout.Blocks, block =>
        {
            for (int i = 0; i < region.Height; i++)
                new ReadOnlySpan<float>(source.At(block, region.Y + i, region.X), length).CopyTo(
                    new Span<float>(destination.At(block, y + i, x), length));
            Borders.Fill(destination, block, y, y + region.Height);
        });
    }
}
