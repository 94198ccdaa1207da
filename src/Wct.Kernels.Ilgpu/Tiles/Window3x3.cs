using ILGPU;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Multiplies 3x3 taps by the inputs of 2x2 output pixels.</summary>
internal static class Window3x3
{
    /// <summary>Side of the tile of output pixels that a thread block computes.</summary>
    [HostConstant]
    internal const int TileSide = 16;

    /// <summary>Side of the patch of input pixels that a tile reads, and its pixels.</summary>
    internal const int Side = TileSide + 2, Plane = Side * Side;

    internal const int Taps = 9;

    /// <summary>Adds the products of an input channel. Each of the 4x4 inputs is read once for all taps, just before it is
    /// needed.</summary>
    /// <param name="sum">The sums to add the channel to.</param>
    /// <param name="patch">Rows of <see cref="Side"/> inputs.</param>
    /// <param name="at">Index of the first of the 4x4 inputs.</param>
    /// <param name="weights">Nine rows of <see cref="WeightLayout.BlockQuads"/> quads.</param>
    /// <param name="tap">Index of the first tap's first quad for this thread; the second follows it.</param>
    internal static ChannelPair Add(ChannelPair sum, ArrayView<float> patch, int at, ArrayView<Quad> weights, int tap)
    {
        const int Next = WeightLayout.BlockQuads;
        float a0 = patch[at], a1 = patch[at + 1], a2 = patch[at + 2], a3 = patch[at + 3];
        float b0 = patch[at + Side], b1 = patch[at + Side + 1], b2 = patch[at + Side + 2], b3 = patch[at + Side + 3];
        sum = ChannelPair.MultiplyAdd(sum, weights[tap], weights[tap + 1], a0, a1, b0, b1);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + Next], weights[tap + Next + 1], a1, a2, b1, b2);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 2 * Next], weights[tap + 2 * Next + 1], a2, a3, b2, b3);
        float c0 = patch[at + 2 * Side], c1 = patch[at + 2 * Side + 1], c2 = patch[at + 2 * Side + 2], c3 = patch[at + 2 * Side + 3];
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 3 * Next], weights[tap + 3 * Next + 1], b0, b1, c0, c1);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 4 * Next], weights[tap + 4 * Next + 1], b1, b2, c1, c2);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 5 * Next], weights[tap + 5 * Next + 1], b2, b3, c2, c3);
        float d0 = patch[at + 3 * Side], d1 = patch[at + 3 * Side + 1], d2 = patch[at + 3 * Side + 2], d3 = patch[at + 3 * Side + 3];
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 6 * Next], weights[tap + 6 * Next + 1], c0, c1, d0, d1);
        sum = ChannelPair.MultiplyAdd(sum, weights[tap + 7 * Next], weights[tap + 7 * Next + 1], c1, c2, d1, d2);
        return ChannelPair.MultiplyAdd(sum, weights[tap + 8 * Next], weights[tap + 8 * Next + 1], c2, c3, d2, d3);
    }
}
