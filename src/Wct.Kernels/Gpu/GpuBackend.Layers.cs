using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Activations, normalization, average pooling, copies of channels.
public partial class GpuBackend
{
    private protected override void ActivateCore(Tensor input, Activation activation, Tensor output)
    {
        using (Enter())
            _launch.Activate(output.Shape.Length, Data(input), Data(output), (int)activation.Kind, SlopeBits(activation));
    }

    private protected override void ChannelMomentsCore(Tensor features, Region region, Span<double> mean, Span<double> variance)
    {
        (int channels, int mapWidth, int pixels) = (features.Shape.Channels, features.Shape.Width, region.Height * region.Width);
        SumsPlan plan = new(channels, pixels);
        long meanBytes = (long)channels * sizeof(double);
        using (Enter())
        {
            GpuBuffer data = Data(features);
            using GpuLoan sums = Borrow(plan.Segments * meanBytes), center = Borrow(meanBytes), squares = Borrow(meanBytes);
            GridSize grid = new(plan.ChannelBlocks, plan.Segments);
            _launch.ChannelSums(grid, data, sums, channels, mapWidth, region.Y, region.X, region.Width, pixels, plan.SegmentPixels);
            _launch.MergedSums(channels, sums, center, count: plan.Segments, length: channels, divisor: pixels);
            _launch.CenteredSquares(
                grid, data, center, sums, channels, mapWidth, region.Y, region.X, region.Width, pixels, plan.SegmentPixels);
            _launch.MergedSums(channels, sums, squares, count: plan.Segments, length: channels, divisor: pixels);
            Download(center.Buffer, mean);
            Download(squares.Buffer, variance);
        }

        GpuLoan Borrow(long bytes) => _memory.Borrow(bytes, $"The channel moments of {features.Shape}");
    }

    private protected override void NormalizeCore(
        Tensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        Tensor output)
    {
        TensorShape shape = input.Shape;
        // Center, the rest that its rounding lost, factor and offset: the kernel computes in single precision.
        float[] numbers = new float[4 * shape.Channels];
        for (int c = 0; c < shape.Channels; c++)
        {
            float rounded = (float)center[c];
            (numbers[4 * c], numbers[4 * c + 1]) = (rounded, (float)(center[c] - rounded));
            (numbers[4 * c + 2], numbers[4 * c + 3]) = ((float)factor[c], (float)offset[c]);
        }

        using (Enter())
        {
            using GpuLoan loan = _memory.Borrow((long)numbers.Length * sizeof(float), $"Normalizing {shape}");
            Upload<float>(numbers, loan);
            _launch.Normalize(
                shape.Length, Data(input), loan, Data(output), shape.Channels, shape.Pixels, (int)activation.Kind, SlopeBits(activation));
        }
    }

    private protected override void AveragePoolCore(Tensor input, Tensor output)
    {
        TensorShape shape = input.Shape;
        using (Enter())
            _launch.AveragePool2x2(output.Shape.Length, Data(input), Data(output), shape.Channels, shape.Height, shape.Width);
    }

    private protected override void CopyChannelsCore(Tensor source, int first, Tensor destination, int firstDestination, int count)
    {
        int pixels = source.Shape.Pixels;
        using (Enter())
        {
            _launch.ChannelCopy(
                (long)pixels * count, Data(source), Data(destination), sourceChannels: source.Shape.Channels,
                destinationChannels: destination.Shape.Channels, first, firstDestination, count, pixels);
        }
    }

    // Kernels take ints, so a slope is passed as its bits.
    private static int SlopeBits(Activation activation) => BitConverter.SingleToInt32Bits(activation.Slope);

    /// <summary>Divides the pixels into segments with their own sums. The plan depends only on the shape, so that sums are always added in
    /// the same order.</summary>
    private readonly struct SumsPlan
    {
        // A segment with fewer than LeastPixels isn't worth its overhead. WantedBlocks thread blocks keep a large device busy.
        private const int LeastPixels = 256, WantedBlocks = 1024, MostSegments = 256;

        internal SumsPlan(int channels, int pixels)
        {
            ChannelBlocks = (channels - 1) / KernelConstants.ChannelLines.Channels + 1;
            int wanted = Math.Clamp(WantedBlocks / ChannelBlocks, 1, MostSegments);
            SegmentPixels = Math.Max(LeastPixels, (pixels - 1) / wanted + 1);
            Segments = (pixels - 1) / SegmentPixels + 1;
        }

        /// <summary>Thread blocks that sum all channels of a segment.</summary>
        internal int ChannelBlocks { get; }

        internal int Segments { get; }

        internal int SegmentPixels { get; }
    }
}
