using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

// Weight gradients of convolutions that work in bands.
internal static unsafe partial class ConvGradient
{
    /// <summary>Adds to the weight gradients of any convolution.</summary>
    /// <remarks>In the forward pass of a convolution, each tap reads its input at a constant distance. In that of a transposed one, each
    /// tap writes its output in this way, so input and output change places.</remarks>
    /// <param name="input">[I, H, W].</param>
    /// <param name="outputGradient">[O, H', W'].</param>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static void BandedWeights<TVec>(
        CpuTensor input, CpuTensor outputGradient, ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        CpuTensor sampled = shape.IsTransposed ? outputGradient : input, other = shape.IsTransposed ? input : outputGradient;
        TapGrid grid = TapGrid.Of(shape, sampled.Shape);
        if (other.Layout.Lanes > 1)
            new SampledScalars<TVec>(sampled, other, grid).Run(shape, weights, pool, workers);
        else if (sampled.Layout.Lanes > 1)
            new SampledVectors<TVec>(sampled, other, grid).Run(shape, weights, pool, workers);
        else
            new PlaneProducts<TVec>(sampled, other, grid).Run(shape, weights, pool, workers);
    }

    /// <summary>Index of a weight.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="sampled">Channel of the map that the taps shift: the input, or the output of a transposed convolution.</param>
    /// <param name="other">Channel of the other map.</param>
    /// <param name="tap">Tap of the kernel.</param>
    internal static int WeightIndex(ConvolutionShape shape, int sampled, int other, int tap)
    {
        (int o, int i) = shape.IsTransposed ? (sampled, other) : (other, sampled);
        return (o * shape.InChannels + i) * shape.Taps + tap;
    }

    /// <summary>Rows of outputs that are processed together: their samples fit into the L3 cache.</summary>
    /// <param name="sampled">Map that the taps shift.</param>
    /// <param name="other">The other map.</param>
    /// <param name="grid">Pixels that the outputs read.</param>
    internal static int RowsOfChunk(CpuTensor sampled, CpuTensor other, TapGrid grid)
    {
        long rowLength = new Band(sampled, grid with { Rows = 1 }, new Region(0, 0, 1, other.Shape.Width), null).Length;
        return (int)Math.Clamp(ChunkFloats / rowLength - grid.HaloRows, Math.Min(LeastRows, other.Shape.Height), other.Shape.Height);
    }

    // With fewer rows, the rows that neighboring chunks share would be most of the work.
    private const int LeastRows = 8;
}
