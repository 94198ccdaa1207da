using ILGPU;
using Wct.Kernels.Ilgpu.Convolutions;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Sums of four pixels by four output channels, in registers.</summary>
/// <remarks>It is immutable, because the compiler keeps only immutable values in registers.</remarks>
internal readonly struct PixelBlock(Quad first, Quad second, Quad third, Quad fourth) : ITileSums<PixelBlock>
{
    internal readonly Quad First = first, Second = second, Third = third, Fourth = fourth;

    public static int BlockQuads => WeightLayout.NarrowBlock / 4;

    public static int ThreadQuads => 1;

    public static int TileWidth => ConvTiledLast.TileWidth;

    /// <summary>The same value, such as the bias, for all four pixels.</summary>
    internal static PixelBlock Of(Quad value) => new(value, value, value, value);

    /// <summary>Adds a tap of an input channel: its weights times each pixel's input.</summary>
    internal static PixelBlock MultiplyAdd(PixelBlock sum, Quad weight, float first, float second, float third, float fourth) => new(
        Quad.MultiplyAdd(sum.First, weight, first),
        Quad.MultiplyAdd(sum.Second, weight, second),
        Quad.MultiplyAdd(sum.Third, weight, third),
        Quad.MultiplyAdd(sum.Fourth, weight, fourth));

    public static PixelBlock Start(ArrayView<Quad> bias, int quad) => Of(bias[quad]);

    public static PixelBlock Add(
        PixelBlock sums, ArrayView<Quad> weights, int at, float first, float second, float third, float fourth) =>
        MultiplyAdd(sums, weights[at], first, second, third, fourth);

    public static void Store(
        PixelBlock sums, ArrayView<float> output, long at, int next, int pixels, int channels, int activation) =>
        Output.StoreRow(output, sums, at, next, pixels, channels, activation);
}
