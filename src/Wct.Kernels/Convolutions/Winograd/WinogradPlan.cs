using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Divides a layer into tiles of 4x4 outputs, the tiles into blocks, and the output channels into ranges. A task is one block and
/// one range.</summary>
internal readonly struct WinogradPlan
{
    /// <summary>Side of a tile's output.</summary>
    internal const int Tile = 4;

    /// <summary>Upper bound for the tiles of a block: <see cref="MaxTiles"/> rounded up to register tiles of 6 or 14.</summary>
    internal const int LargestBlock = 114;

    // A block's transformed inputs and products should fit into the L2 cache if the number of channels allows it.
    private const int CacheFloats = 160 << 10;
    private const int MinTiles = 28, MaxTiles = 112;

    /// <summary>Plans a layer.</summary>
    /// <param name="positions">Positions per tile that are multiplied: 36, or 25 for upsampled inputs.</param>
    /// <param name="group">Output channels per register tile.</param>
    /// <param name="pixels">Winograd tiles per register tile.</param>
    /// <param name="threads">Threads that share the work.</param>
    /// <param name="output">Shape of the output before pooling.</param>
    /// <param name="input">Layout of the input.</param>
    /// <param name="final">Layout of the output tensor.</param>
    internal WinogradPlan(TensorShape output, BlockedLayout input, BlockedLayout final, int positions, int group, int pixels, int threads)
    {
        Rows = (output.Height + Tile - 1) / Tile;
        Columns = (output.Width + Tile - 1) / Tile;
        InBlocks = input.Blocks;
        OutBlocks = final.Blocks;
        int lanes = (InBlocks + OutBlocks) * BlockedLayout.BlockLanes, tiles = Rows * Columns;
        // Wide layers have more weights than the cache holds. Larger blocks load them less often.
        int fitting = CacheFloats / positions / lanes / pixels * pixels;
        int min = lanes >= 512 ? MaxTiles : MinTiles;
        int wanted = Math.Clamp(fitting, min, MaxTiles);
        int blocks = (tiles + wanted - 1) / wanted;
        // Whole register tiles, except in the last block.
        BlockTiles = Math.Min(tiles, ((tiles + blocks - 1) / blocks + pixels - 1) / pixels * pixels);
        Blocks = (tiles + BlockTiles - 1) / BlockTiles;
        // A range has whole blocks of channels, because the output transform works on blocks.
        ChannelAlignment = Math.Max(group, BlockedLayout.BlockLanes);
        int groups = (OutBlocks * BlockedLayout.BlockLanes + ChannelAlignment - 1) / ChannelAlignment;
        // If there are few blocks, several threads work on the same block. Each transforms the block's input again, which costs little
        // compared with the products.
        ChannelRanges = Math.Clamp((2 * threads + Blocks - 1) / Blocks, 1, threads == 1 ? 1 : groups);
    }

    internal int Rows { get; }

    internal int Columns { get; }

    internal int InBlocks { get; }

    internal int OutBlocks { get; }

    /// <summary>Tiles per block; the last block may have fewer.</summary>
    internal int BlockTiles { get; }

    internal int Blocks { get; }

    /// <summary>Ranges of output channels are multiples of this.</summary>
    internal int ChannelAlignment { get; }

    /// <summary>Number of ranges of output channels: tasks per block of tiles.</summary>
    internal int ChannelRanges { get; }

    internal (int First, int Count) Tiles(int block)
    {
        int first = block * BlockTiles;
        return (first, Math.Min(BlockTiles, Rows * Columns - first));
    }

    /// <summary>First output channel of a range, and the channel after its last one.</summary>
    /// <param name="range">Index of the range, below <see cref="ChannelRanges"/>.</param>
    internal (int First, int End) Channels(int range)
    {
        int lanes = OutBlocks * BlockedLayout.BlockLanes, groups = (lanes + ChannelAlignment - 1) / ChannelAlignment;
        return (groups * range / ChannelRanges * ChannelAlignment,
            Math.Min(lanes, groups * (range + 1) / ChannelRanges * ChannelAlignment));
    }
}
