namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Sums of four pixels by eight output channels, in registers.</summary>
internal readonly struct ChannelPair(PixelBlock left, PixelBlock right)
{
    internal readonly PixelBlock Left = left, Right = right;

    internal static ChannelPair MultiplyAdd(
        ChannelPair sum, Quad left, Quad right, float first, float second, float third, float fourth) => new(
        PixelBlock.MultiplyAdd(sum.Left, left, first, second, third, fourth),
        PixelBlock.MultiplyAdd(sum.Right, right, first, second, third, fourth));
}
