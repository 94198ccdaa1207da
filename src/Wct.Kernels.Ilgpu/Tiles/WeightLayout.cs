namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>How weights lie in memory: [block of outputs, chunk of inputs, input, tap, output], with zeros for channels that there are not.</summary>
/// <remarks><c>GpuWeights</c> of Wct.Kernels packs them so.</remarks>
internal static class WeightLayout
{
    /// <summary>Input channels that are in shared memory at a time.</summary>
    internal const int Chunk = 8;

    /// <summary>Output channels of a group, and the same in quads.</summary>
    internal const int Block = 16, BlockQuads = Block / 4;
}
