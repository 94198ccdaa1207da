using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Gpu;

// Mean, covariance, weighted moments, affine map.
public partial class GpuBackend
{
    /// <inheritdoc/>
    public override long MomentsScratchBytes(TensorShape features) => new MomentsPlan(features.Channels, features.Pixels).Bytes;

    private protected override void MomentsCore(Tensor features, Region region, Span<double> mean, Span<double> covariance)
    {
        int channels = features.Shape.Channels, pixels = region.Height * region.Width;
        MomentsPlan plan = new(channels, pixels);
        using (Enter())
        {
            GpuBuffer data = Data(features);
            using GpuLoan sums = Borrow(plan.SumsBytes), center = Borrow(plan.MeanBytes);
            using GpuLoan products = Borrow(plan.ProductsBytes), result = Borrow(plan.CovarianceBytes);
            _launch.ChannelSums(
                new GridSize(plan.ChannelBlocks, plan.Segments), data, sums, channels, features.Shape.Width, region.Y, region.X,
                region.Width, pixels, plan.SegmentPixels);
            _launch.MergedSums(channels, sums, center, count: plan.Segments, length: channels, divisor: pixels);
            // The mean is subtracted before multiplying, because subtracting it afterwards would lose digits.
            _launch.CenteredProducts(
                new GridSize(plan.Squares * (plan.Squares + 1) / 2, plan.Segments), data, center, products, channels, features.Shape.Width,
                region.Y, region.X, region.Width, pixels, plan.SegmentPixels);
            int elements = channels * channels;
            _launch.MergedSums(elements, products, result, count: plan.Segments, length: elements, divisor: Math.Max(1, pixels - 1));
            Download(center.Buffer, mean);
            Download(result.Buffer, covariance);
        }

        Mirror(covariance, channels);

        GpuLoan Borrow(long bytes) => _memory.Borrow(bytes, $"The moments of {features.Shape}");
    }

    private protected override double WeightedMomentsCore(
        Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter)
    {
        int channels = features.Shape.Channels, pixels = region.Height * region.Width;
        // The sum of the weights is summed like one more channel.
        MomentsPlan plan = new(channels + 1, pixels);
        int squares = new MomentsPlan(channels, pixels).Squares;
        double[] totals = new double[channels + 1];
        using (Enter())
        {
            GpuBuffer data = Data(features), weight = Data(weights);
            using GpuLoan sums = Borrow(plan.SumsBytes), total = Borrow(plan.MeanBytes);
            using GpuLoan products = Borrow(plan.ProductsBytes), result = Borrow(plan.CovarianceBytes);
            _launch.WeightedSums(
                new GridSize(plan.ChannelBlocks, plan.Segments), data, weight, sums, channels, features.Shape.Width, region.Y, region.X,
                region.Width, pixels, plan.SegmentPixels);
            _launch.MergedSums(channels + 1, sums, total, count: plan.Segments, length: channels + 1, divisor: 1);
            _launch.WeightedProducts(
                new GridSize(squares * (squares + 1) / 2, plan.Segments), data, weight, total, products, channels, features.Shape.Width,
                region.Y, region.X, region.Width, pixels, plan.SegmentPixels);
            int elements = channels * channels;
            _launch.MergedSums(elements, products, result, count: plan.Segments, length: elements, divisor: 1);
            Download(total.Buffer, totals.AsSpan());
            Download(result.Buffer, scatter);
        }

        for (int c = 0; c < channels; c++)
            mean[c] = totals[channels] > 0 ? totals[c] / totals[channels] : 0;
        Mirror(scatter, channels);
        return totals[channels];

        GpuLoan Borrow(long bytes) => _memory.Borrow(bytes, $"The weighted moments of {features.Shape}");
    }

    // The kernels compute only the elements on and above the diagonal.
    private static void Mirror(Span<double> matrix, int channels)
    {
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < i; j++)
                matrix[i * channels + j] = matrix[j * channels + i];
        }
    }

    private protected override void AffineCore(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, Tensor output)
    {
        using Convolution map = AffineMap.AsConvolution(this, matrix, center, offset);
        ConvolveCore(features, map, Activation.None, Fusion.None, output);
    }

    /// <summary>Divides the pixels into segments with their own sums. The plan depends only on the shape, so that sums are always added in
    /// the same order.</summary>
    private readonly struct MomentsPlan
    {
        // A segment with fewer than LeastPixels isn't worth its overhead. WantedBlocks thread blocks keep a large device busy.
        private const int LeastPixels = 256, WantedBlocks = 1024, MostSegments = 64;

        internal MomentsPlan(int channels, int pixels)
        {
            Channels = channels;
            Squares = (channels - 1) / KernelConstants.ProductSquares.Square + 1;
            ChannelBlocks = (channels - 1) / KernelConstants.ChannelLines.Channels + 1;
            int wanted = Math.Clamp(WantedBlocks / (Squares * (Squares + 1) / 2), 1, MostSegments);
            SegmentPixels = Math.Max(LeastPixels, (pixels - 1) / wanted + 1);
            Segments = (pixels - 1) / SegmentPixels + 1;
        }

        /// <summary>Squares of channels along a side of the covariance.</summary>
        internal int Squares { get; }

        /// <summary>Thread blocks that sum all channels of a segment.</summary>
        internal int ChannelBlocks { get; }

        internal int Segments { get; }

        internal int SegmentPixels { get; }

        internal long MeanBytes => (long)Channels * sizeof(double);

        internal long SumsBytes => Segments * MeanBytes;

        internal long CovarianceBytes => Channels * MeanBytes;

        internal long ProductsBytes => Segments * CovarianceBytes;

        internal long Bytes => GpuMemory.Rounded(MeanBytes) + GpuMemory.Rounded(SumsBytes)
            + GpuMemory.Rounded(CovarianceBytes) + GpuMemory.Rounded(ProductsBytes);

        private int Channels { get; }
    }
}
