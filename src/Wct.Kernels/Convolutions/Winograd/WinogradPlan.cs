using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Division of a layer into tiles of 4x4 outputs, of the tiles into blocks, and of the output channels into shares.</summary>
internal readonly struct WinogradPlan
{
    /// <summary>Outputs per tile and direction.</summary>
    internal const int Tile = 4;

    /// <summary>The most tiles of a block: rounded up to register tiles of 6 or 14.</summary>
    internal const int LargestBlock = 114;

    // A block's transformed inputs and products should fit into the second-level cache where the channels allow it.
    private const int CacheFloats = 160 << 10;
    private const int LeastTiles = 28, MostTiles = 112;

    /// <param name="positions">Numbers per tile and channel that are multiplied.</param>
    /// <param name="group">Output channels of a register tile.</param>
    /// <param name="pixels">Winograd tiles of a register tile.</param>
    internal WinogradPlan(TensorShape output, BlockedLayout input, BlockedLayout final, int positions, int group, int pixels, int threads)
    {
        Rows = (output.Height + Tile - 1) / Tile;
        Columns = (output.Width + Tile - 1) / Tile;
        InBlocks = input.Blocks;
        OutBlocks = final.Blocks;
        int lanes = (InBlocks + OutBlocks) * BlockedLayout.BlockLanes, tiles = Rows * Columns;
        // Wide layers stream more weights than fit a cache: there a block has to be large, so that they come seldom.
        int fitting = CacheFloats / positions / lanes / pixels * pixels;
        int least = lanes >= 512 ? MostTiles : LeastTiles;
        int wanted = Math.Clamp(fitting, least, MostTiles);
        int blocks = (tiles + wanted - 1) / wanted;
        // Whole register tiles, but for the last block.
        BlockTiles = Math.Min(tiles, ((tiles + blocks - 1) / blocks + pixels - 1) / pixels * pixels);
        Blocks = (tiles + BlockTiles - 1) / BlockTiles;
        // A share has whole blocks, which the output transform works on.
        Grain = Math.Max(group, BlockedLayout.BlockLanes);
        int groups = (OutBlocks * BlockedLayout.BlockLanes + Grain - 1) / Grain;
        // With few blocks, threads share one: each transforms its input again, which costs little beside the products.
        Shares = Math.Clamp((2 * threads + Blocks - 1) / Blocks, 1, threads == 1 ? 1 : groups);
    }

    internal int Rows { get; }

    internal int Columns { get; }

    internal int InBlocks { get; }

    internal int OutBlocks { get; }

    /// <summary>Tiles per block; the last block may have fewer.</summary>
    internal int BlockTiles { get; }

    internal int Blocks { get; }

    /// <summary>Output channels that are never divided between shares.</summary>
    internal int Grain { get; }

    /// <summary>Tasks per block of tiles, each with some of the groups.</summary>
    internal int Shares { get; }

    internal (int First, int Count) Tiles(int block)
    {
        int first = block * BlockTiles;
        return (first, Math.Min(BlockTiles, Rows * Columns - first));
    }

    /// <summary>First output channel of a share, and the one after its last; whole groups.</summary>
    internal (int First, int End) Channels(int share)
    {
        int lanes = OutBlocks * BlockedLayout.BlockLanes, groups = (lanes + Grain - 1) / Grain;
        return (groups * share / Shares * Grain, Math.Min(lanes, groups * (share + 1) / Shares * Grain));
    }
}
