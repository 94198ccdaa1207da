namespace Wct.Kernels.Cpu;

/// <summary>Copies between planar arrays and the blocked layout.</summary>
internal static unsafe class PlanarCopy
{
    /// <summary>Copies an array into a tensor, and writes its borders.</summary>
    /// <param name="source">[C, H, W], planar.</param>
    /// <param name="destination">[C, H, W].</param>
    internal static void Write(ReadOnlySpan<float> source, CpuTensor destination)
    {
        BlockedLayout layout = destination.Layout;
        int width = layout.Shape.Width;
        for (int channel = 0; channel < layout.Blocks * layout.Lanes; channel++)
        {
            for (int y = 0; y < layout.Shape.Height; y++)
            {
                float* row = destination.At(channel / layout.Lanes, y, 0) + channel % layout.Lanes;
                // Lanes beyond the last channel are zero.
                ReadOnlySpan<float> values = channel < layout.Shape.Channels
                    ? source.Slice((int)(((long)channel * layout.Shape.Height + y) * width), width) : default;
                for (int x = 0; x < width; x++)
                    row[(long)x * layout.Lanes] = values.IsEmpty ? 0 : values[x];
            }
        }

        for (int block = 0; block < layout.Blocks; block++)
            Borders.Fill(destination, block, 0, layout.Shape.Height);
    }

    /// <summary>Copies a tensor into an array.</summary>
    /// <param name="destination">[C, H, W].</param>
    /// <param name="source">[C, H, W].</param>
    internal static void Read(CpuTensor source, Span<float> destination)
    {
        BlockedLayout layout = source.Layout;
        int next = 0;
        for (int channel = 0; channel < layout.Shape.Channels; channel++)
        {
            for (int y = 0; y < layout.Shape.Height; y++)
            {
                float* row = source.At(channel / layout.Lanes, y, 0) + channel % layout.Lanes;
                for (int x = 0; x < layout.Shape.Width; x++)
                    destination[next++] = row[(long)x * layout.Lanes];
            }
        }
    }
}
