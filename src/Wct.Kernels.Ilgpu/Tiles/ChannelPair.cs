using ILGPU;
using Wct.Kernels.Ilgpu.Convolutions;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Sums of four pixels by eight output channels, in registers.</summary>
internal readonly struct ChannelPair(PixelBlock left, PixelBlock right) : ITileSums<ChannelPair>
{
    internal readonly PixelBlock Left = left, Right = right;

    public static int BlockQuads => WeightLayout.BlockQuads;

    public static int ThreadQuads => 2;

    public static int TileWidth => ConvTiled.TileWidth;

    internal static ChannelPair MultiplyAdd(
        ChannelPair sum, Quad left, Quad right, float first, float second, float third, float fourth) => new(
        PixelBlock.MultiplyAdd(sum.Left, left, first, second, third, fourth),
        PixelBlock.MultiplyAdd(sum.Right, right, first, second, third, fourth));

    public static ChannelPair Start(ArrayView<Quad> bias, int quad) => new(PixelBlock.Of(bias[quad]), PixelBlock.Of(bias[quad + 1]));

    public static ChannelPair Add(
        ChannelPair sums, ArrayView<Quad> weights, int at, float first, float second, float third, float fourth) =>
        MultiplyAdd(sums, weights[at], weights[at + 1], first, second, third, fourth);

    public static void Store(
        ChannelPair sums, ArrayView<float> output, long at, int next, int pixels, int channels, int activation)
    {
        Output.StoreRow(output, sums.Left, at, next, pixels, channels, activation);
        Output.StoreRow(output, sums.Right, at + 4, next, pixels, channels - 4, activation);
    }
}
