using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

// Bias gradients, and weight gradients without Winograd's algorithm: for 1x1 convolutions and for convolutions from or to pictures.
internal static unsafe partial class ConvGradient
{
    private const int Lanes = BlockedLayout.BlockLanes;

    /// <summary>Adds each channel's sum over all pixels, in double precision, to the bias gradients.</summary>
    internal static void Bias<TDouble>(CpuTensor outputGradient, Span<float> bias, Workers workers)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        int lanes = outputGradient.Layout.Lanes;
        double[] sums = new double[outputGradient.Layout.Blocks * lanes];
        workers.Run(outputGradient.Layout.Blocks, block =>
        {
            fixed (double* sum = sums)
            {
                for (int y = 0; y < outputGradient.Shape.Height; y++)
                {
                    float* row = outputGradient.At(block, y, 0);
                    if (lanes == 1)
                        SumRow<VecScalar<double>>(row, outputGradient.Shape.Width, 1, sum + block);
                    else
                        SumRow<TDouble>(row, outputGradient.Shape.Width, lanes, sum + block * lanes);
                }
            }
        });

        for (int o = 0; o < bias.Length; o++)
            bias[o] += (float)sums[o];
    }

    /// <summary>Adds to the weight gradients. For maps with few channels on both sides it uses the scalar loop.</summary>
    /// <param name="input">[I, H, W].</param>
    /// <param name="outputGradient">[O, H, W].</param>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">[O, I, K, K].</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    internal static void DirectWeights<TVec>(
        CpuTensor input, CpuTensor outputGradient, ConvolutionShape shape, Span<float> weights, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        // Vectors hold channels of a map with blocks of 16 channels. The channels of the other map are used as scalars.
        bool overInput = input.Layout.Lanes == Lanes;
        if (!overInput && outputGradient.Layout.Lanes == 1)
            PlaneWeights(input, outputGradient, shape, weights);
        else if (overInput)
            new LineProducts<TVec>(outputGradient, input, shape.Taps, tapsOnVectors: true).Run(pool, workers, weights, shape);
        else
            new LineProducts<TVec>(input, outputGradient, shape.Taps, tapsOnVectors: false).Run(pool, workers, weights, shape);
    }

    private static void SumRow<TDouble>(float* row, int width, int lanes, double* sums)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        for (int lane = 0; lane < lanes; lane += TDouble.Count)
        {
            TDouble sum = TDouble.Load(sums + lane);
            for (int x = 0; x < width; x++)
                sum += TDouble.LoadSingles(row + (long)x * lanes + lane);
            sum.Store(sums + lane);
        }
    }

    // For convolutions from a picture to a picture. There are few products, so they are summed as in the scalar reference.
    private static void PlaneWeights(CpuTensor input, CpuTensor outputGradient, ConvolutionShape shape, Span<float> weights)
    {
        int size = shape.KernelSize, reach = size / 2;
        for (int w = 0; w < weights.Length; w++)
        {
            int o = w / shape.Taps / shape.InChannels, i = w / shape.Taps % shape.InChannels, tap = w % shape.Taps;
            double sum = 0;
            for (int y = 0; y < input.Shape.Height; y++)
            {
                float* row = input.At(i, y + tap / size - reach, tap % size - reach), gradient = outputGradient.At(o, y, 0);
                for (int x = 0; x < input.Shape.Width; x++)
                    sum += (double)row[x] * gradient[x];
            }

            weights[w] += (float)sum;
        }
    }
}
