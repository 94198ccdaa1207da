namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Layout of packed weights: [block of outputs, chunk of inputs, input, tap, output], with zeros up to whole blocks and
/// chunks.</summary>
/// <remarks><c>GpuWeights</c> of Wct.Kernels packs weights in this layout.</remarks>
internal static class WeightLayout
{
    /// <summary>Input channels that are in shared memory at a time.</summary>
    [HostConstant]
    internal const int Chunk = 8;

    /// <summary>Output channels that a thread block computes.</summary>
    [HostConstant]
    internal const int Block = 16;

    /// <summary>Output channels that a thread block of <see cref="Convolutions.ConvLast"/> computes.</summary>
    [HostConstant]
    internal const int NarrowBlock = 4;

    /// <summary><see cref="Block"/> in quads.</summary>
    internal const int BlockQuads = Block / 4;
}
