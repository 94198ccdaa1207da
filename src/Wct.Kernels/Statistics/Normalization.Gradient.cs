using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Normalization
{
    // A segment has at least this many pixels, and a map at most this many segments.
    private const int SegmentPixels = 4096, MaxSegments = 16;

    /// <summary>Computes the gradient of instance normalization in two passes: sums in double precision, then each pixel's gradient, for
    /// whole planes with their borders. The input's gradient may be the output's.</summary>
    /// <remarks>With n = (x - mean)/√(variance + ε) the gradient of x is scale/√(variance + ε)·(g - Σg/N - n·Σ(g·n)/N). So it is a sum of
    /// g, x - mean and a constant, with factors per channel.</remarks>
    internal static void Gradient<TVec, TDouble>(
        CpuTensor input, ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, double epsilon, ReadOnlySpan<float> scale,
        CpuTensor outputGradient, CpuTensor inputGradient, Span<float> scaleGradient, Span<float> shiftGradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        int lanes = input.Layout.Blocks * input.Layout.Lanes;
        double[] means = new double[lanes], sums = new double[lanes], products = new double[lanes];
        mean.CopyTo(means);
        SumProducts<TDouble>(input, means, outputGradient, sums, products, workers);
        float[] numbers = new float[4 * lanes];
        double pixels = input.Shape.Pixels;
        for (int c = 0; c < mean.Length; c++)
        {
            double inverse = 1 / Math.Sqrt(variance[c] + epsilon), product = products[c] * inverse, factor = scale[c] * inverse;
            double slope = -factor * inverse * product / pixels;
            numbers[c] = (float)factor;
            numbers[lanes + c] = (float)slope;
            numbers[2 * lanes + c] = (float)mean[c];
            // Makes up for the rounding of the mean.
            numbers[3 * lanes + c] = (float)(slope * (numbers[2 * lanes + c] - mean[c]) - factor * sums[c] / pixels);
            scaleGradient[c] += (float)product;
            shiftGradient[c] += (float)sums[c];
        }

        BlockedLayout layout = input.Layout;
        ElementChunks.RunPixels(layout.Blocks, layout.BlockPixels, layout.Lanes, workers, (block, first, count) =>
        {
            long at = block * layout.BlockStride + first * layout.Lanes;
            float* x = input.Data + at, g = outputGradient.Data + at, to = inputGradient.Data + at;
            fixed (float* own = &numbers[block * layout.Lanes])
            {
                if (layout.Lanes == 1)
                    Pixels<VecScalar<float>>(x, g, own, lanes, to, count, 1);
                else
                    Pixels<TVec>(x, g, own, lanes, to, count, layout.Lanes);
            }
        });
    }

    private static void Pixels<TVec>(float* x, float* g, float* numbers, long stride, float* to, long pixels, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int lane = 0; lane < lanes; lane += TVec.Count)
        {
            TVec factor = TVec.Load(numbers + lane), slope = TVec.Load(numbers + stride + lane);
            TVec center = TVec.Load(numbers + 2 * stride + lane), offset = TVec.Load(numbers + 3 * stride + lane);
            for (long at = lane; at < pixels * lanes; at += lanes)
            {
                TVec sloped = TVec.MultiplyAdd(slope, TVec.Load(x + at) - center, offset);
                TVec.MultiplyAdd(factor, TVec.Load(g + at), sloped).Store(to + at);
            }
        }
    }

    // Computes Σg and Σg·(x - mean) of each lane. Segments of rows have their own sums, which are added in order.
    private static void SumProducts<TVec>(
        CpuTensor input, double[] means, CpuTensor gradient, double[] sums, double[] products, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        BlockedLayout layout = input.Layout;
        int height = layout.Shape.Height, lanes = layout.Lanes, width = means.Length;
        int segments = Math.Clamp(layout.Shape.Pixels / SegmentPixels, 1, Math.Min(MaxSegments, height));
        double[] parts = new double[segments * width], productParts = new double[segments * width];
        workers.Run(segments * layout.Blocks, task =>
        {
            int segment = task / layout.Blocks, block = task % layout.Blocks;
            fixed (double* mean = &means[block * lanes], sum = &parts[segment * width + block * lanes],
                product = &productParts[segment * width + block * lanes])
            {
                int end = (int)((long)height * (segment + 1) / segments);
                for (int y = (int)((long)height * segment / segments); y < end; y++)
                {
                    float* x = input.At(block, y, 0), g = gradient.At(block, y, 0);
                    if (lanes == 1)
                        AddRow<VecScalar<double>>(x, g, mean, sum, product, layout.Shape.Width, 1);
                    else
                        AddRow<TVec>(x, g, mean, sum, product, layout.Shape.Width, lanes);
                }
            }
        });

        for (int i = 0; i < parts.Length; i++)
        {
            sums[i % width] += parts[i];
            products[i % width] += productParts[i];
        }
    }

    private static void AddRow<TVec>(float* x, float* g, double* means, double* sums, double* products, int width, int lanes)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < lanes; lane += TVec.Count)
        {
            TVec mean = TVec.Load(means + lane), sum = TVec.Load(sums + lane), product = TVec.Load(products + lane);
            for (int pixel = 0, at = lane; pixel < width; pixel++, at += lanes)
            {
                TVec gradient = TVec.LoadSingles(g + at);
                sum += gradient;
                product = TVec.MultiplyAdd(gradient, TVec.LoadSingles(x + at) - mean, product);
            }

            sum.Store(sums + lane);
            product.Store(products + lane);
        }
    }
}
