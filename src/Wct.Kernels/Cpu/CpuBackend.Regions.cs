using Wct.Kernels.Convolutions;
using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Pixels;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Cpu;

// Regions and memory sizes.
public abstract partial class CpuBackend
{
    /// <inheritdoc/>
    public override long BytesOf(TensorShape shape) =>
        (long)CpuWorkspace.Aligned(checked((nuint)new BlockedLayout(shape).Length * sizeof(float)));

    /// <inheritdoc/>
    public override long BytesOf(ConvolutionShape shape)
    {
        long outLanes = Lanes(shape.OutChannels), inLanes = Lanes(shape.InChannels);
        return (outLanes * inLanes * (IsWinograd(shape) ? WinogradWeights.Positions : shape.Taps) + outLanes) * sizeof(float);
    }

    /// <inheritdoc/>
    public override long ScratchBytes(ConvolutionShape shape, Fusion fusion, TensorShape input)
    {
        if (IsWinograd(shape))
        {
            long lanes = Lanes(shape.InChannels) + Lanes(shape.OutChannels);
            return PlannedThreads * WinogradPlan.LargestBlock * WinogradWeights.Positions * lanes * sizeof(float);
        }

        // Other algorithms run the fused operations one by one, with a tensor between them.
        TensorShape source = fusion.HasFlag(Fusion.UpsampleInput) ? input.Upsampled : input;
        return (fusion.HasFlag(Fusion.UpsampleInput) ? BytesOf(source) : 0)
            + (fusion.HasFlag(Fusion.PoolOutput) ? BytesOf(source.WithChannels(shape.OutChannels)) : 0)
            + BandBytes(shape, source);
    }

    /// <inheritdoc/>
    public override long MomentsScratchBytes(TensorShape features)
    {
        CovariancePlan plan = new(new BlockedLayout(features), Region.Of(features));
        return (plan.SumsLength + PlannedThreads * plan.BandLength) * sizeof(double);
    }

    /// <inheritdoc/>
    public override Workspace CreateWorkspace(long bytes) => new CpuWorkspace(checked((nuint)bytes), BufferSource, Pool);

    /// <inheritdoc/>
    public override void FreeCachedBuffers() => Pool.FreeCachedBuffers();

    private protected override void CopyCore(Tensor source, Region region, Tensor destination, int y, int x) =>
        RegionCopy.Run((CpuTensor)source, region, (CpuTensor)destination, y, x, Workers);

    private protected override PackedPicture AllocatePackedCore(int height, int width) => new CpuPackedPicture(height, width, BufferSource);

    private protected override void PackCore(Tensor image, Region region, PackedPicture picture, int y, int x) =>
        PackedTransfer.Pack((CpuTensor)image, region, (CpuPackedPicture)picture, y, x, Workers);

    private protected override void UnpackCore(PackedPicture picture, int y, int x, Tensor image) =>
        PackedTransfer.Unpack((CpuPackedPicture)picture, y, x, (CpuTensor)image, Workers);

    // Tiling plans depend on these sizes, and the last bits of results may depend on the plan. So the sizes must not depend on the number
    // of threads. They assume one thread per processor, rounded up to a multiple of four.
    private static long PlannedThreads => (Environment.ProcessorCount + 3L) / 4 * 4;

    private static bool IsWinograd(ConvolutionShape shape) => CpuConvolution.AlgorithmFor(shape) == ConvolutionAlgorithm.Winograd;

    // Buffers of a convolution that works in bands. A plan for one thread has the largest bands.
    private static long BandBytes(ConvolutionShape shape, TensorShape input)
    {
        ConvolutionAlgorithm algorithm = CpuConvolution.AlgorithmFor(shape);
        if (algorithm is not (ConvolutionAlgorithm.Banded or ConvolutionAlgorithm.Transposed))
            return 0;
        TensorShape output = shape.OutputOf(input);
        BlockedLayout layout = new(input);
        int top = shape.Before(output.Height), left = shape.Before(output.Width);
        BandPlan plan = algorithm == ConvolutionAlgorithm.Banded
            ? new(layout, TapGrid.Of(shape, input), output.Height, output.Width, 1)
            : new(layout, TapGrid.OfTransposed(shape.KernelSize, top, left), input.Height, input.Width, 1);
        return PlannedThreads * plan.BufferLength * sizeof(float);
    }

    private static long Lanes(int channels)
    {
        BlockedLayout layout = new(new TensorShape(channels, 1, 1));
        return (long)layout.Blocks * layout.Lanes;
    }
}
