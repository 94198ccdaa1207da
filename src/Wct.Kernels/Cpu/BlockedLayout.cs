namespace Wct.Kernels.Cpu;

/// <summary>How a tensor lies in the CPU's memory: channels in blocks of 16 neighboring lanes, every plane with a border of one pixel.</summary>
/// <remarks>
/// [Blocks, Height + 2, Width + 2, Lanes]. The border holds the picture's reflection, written by whoever writes the plane, so that a 3x3
/// convolution needs no special case anywhere: seen as one long line of pixels, a tap is a constant distance. Lanes is 16, one AVX-512
/// vector; maps of fewer than 8 channels (pictures) have Lanes 1, plain planes. Lanes beyond the last channel are zero.
/// </remarks>
internal readonly record struct BlockedLayout
{
    /// <summary>Channels per block in all but the smallest maps.</summary>
    public const int BlockLanes = 16;

    public BlockedLayout(TensorShape shape)
    {
        Shape = shape;
        Lanes = LanesFor(shape.Channels);
        Blocks = (shape.Channels + Lanes - 1) / Lanes;
        RowStride = (shape.Width + 2L) * Lanes;
        BlockStride = (shape.Height + 2L) * RowStride;
    }

    public TensorShape Shape { get; }

    /// <summary>Neighboring channels: 1 or 16.</summary>
    public int Lanes { get; }

    /// <summary>Blocks of <see cref="Lanes"/> channels.</summary>
    public int Blocks { get; }

    /// <summary>Elements from one row to the next.</summary>
    public long RowStride { get; }

    /// <summary>Elements from one block to the next.</summary>
    public long BlockStride { get; }

    /// <summary>Elements in all.</summary>
    public long Length => Blocks * BlockStride;

    /// <summary>Neighboring channels in a map of that many.</summary>
    public static int LanesFor(int channels) => channels < 8 ? 1 : BlockLanes;

    /// <summary>Position of the first lane of pixel (y, x), both from -1 to the side's length.</summary>
    public long Offset(int block, int y, int x) => block * BlockStride + (y + 1) * RowStride + (x + 1L) * Lanes;
}
