using ILGPU;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Sums that a thread of <see cref="TiledConvolution"/> keeps in registers: <see cref="TiledConvolution.ThreadPixels"/>
/// neighboring pixels of a row, by some output channels.</summary>
/// <typeparam name="TSums">The type itself.</typeparam>
internal interface ITileSums<TSums>
    where TSums : struct, ITileSums<TSums>
{
    /// <summary>Quads of output channels that a thread block computes.</summary>
    static abstract int BlockQuads { get; }

    /// <summary>Quads of output channels that a thread computes.</summary>
    static abstract int ThreadQuads { get; }

    /// <summary>Pixels per row of the tile that a thread block computes.</summary>
    static abstract int TileWidth { get; }

    /// <summary>The bias, for each pixel.</summary>
    /// <param name="bias">The bias of all output channels, in quads.</param>
    /// <param name="quad">The thread's first quad.</param>
    static abstract TSums Start(ArrayView<Quad> bias, int quad);

    /// <summary>Adds a tap of an input channel: its weights times each pixel's input.</summary>
    /// <param name="sums">The sums to add to.</param>
    /// <param name="weights">Weights in shared memory.</param>
    /// <param name="at">Index of the tap's first quad for this thread.</param>
    /// <param name="first">Input of the first pixel.</param>
    /// <param name="second">Input of the second pixel.</param>
    /// <param name="third">Input of the third pixel.</param>
    /// <param name="fourth">Input of the fourth pixel.</param>
    static abstract TSums Add(TSums sums, ArrayView<Quad> weights, int at, float first, float second, float third, float fourth);

    /// <summary>Applies the activation, and writes the pixels and channels that exist.</summary>
    /// <param name="sums">The sums to write.</param>
    /// <param name="output">The map to write to.</param>
    /// <param name="at">Index of the first pixel's first channel.</param>
    /// <param name="next">Distance between neighboring pixels' elements.</param>
    /// <param name="pixels">Pixels from the first one on. If there are fewer than the thread's, only these are written.</param>
    /// <param name="channels">Channels from the first one on. If there are fewer than the thread's, only these are written.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    static abstract void Store(
        TSums sums, ArrayView<float> output, long at, int next, int pixels, int channels, int activation);
}
