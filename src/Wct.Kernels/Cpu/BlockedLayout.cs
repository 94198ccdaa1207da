namespace Wct.Kernels.Cpu;

/// <summary>Memory layout of a tensor on the CPU: channels in blocks of 16 neighboring lanes, each plane with a border of one
/// pixel.</summary>
/// <remarks>
/// [Blocks, Height + 2, Width + 2, Lanes]. The border holds the plane's reflection. Code that writes a plane also writes its border. So a
/// 3x3 convolution needs no special case at the sides: a tap is a constant distance on one long line of pixels. Lanes is 16, one AVX-512
/// vector; maps with fewer than 8 channels (pictures) have Lanes 1, which is the planar layout. Lanes beyond the last channel are zero.
/// </remarks>
internal readonly record struct BlockedLayout
{
    /// <summary>Channels per block, except in maps with fewer than 8 channels.</summary>
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

    /// <summary>Channels that are neighbors in memory: 1 or 16.</summary>
    public int Lanes { get; }

    /// <summary>Number of blocks of <see cref="Lanes"/> channels.</summary>
    public int Blocks { get; }

    /// <summary>Elements from one row to the next.</summary>
    public long RowStride { get; }

    /// <summary>Elements from one block to the next.</summary>
    public long BlockStride { get; }

    /// <summary>Pixels of a block, borders included.</summary>
    public long BlockPixels => BlockStride / Lanes;

    /// <summary>Number of elements, borders included.</summary>
    public long Length => Blocks * BlockStride;

    /// <summary><see cref="Lanes"/> of a map with that many channels.</summary>
    /// <param name="channels">Channels of the map.</param>
    public static int LanesFor(int channels) => channels < 8 ? 1 : BlockLanes;

    /// <summary>Index of the first lane of pixel (y, x).</summary>
    /// <param name="block">Block of channels.</param>
    /// <param name="y">Row, from -1 to Height.</param>
    /// <param name="x">Column, from -1 to Width.</param>
    public long Offset(int block, int y, int x) => block * BlockStride + (y + 1) * RowStride + (x + 1L) * Lanes;
}
