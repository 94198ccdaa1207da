using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Weights of a 3x3 convolution, transformed for F(4x4, 3x3).</summary>
internal static class WinogradWeights
{
    /// <summary>Numbers per tile and channel: 6x6.</summary>
    internal const int Positions = 36;

    // Lavin and Gray 2016, section 4.1.2: the interpolation points are 0, 1, -1, 2, -2 and infinity.
    private static readonly double[,] G =
    {
        { 1.0 / 4, 0, 0 },
        { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
        { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
        { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
        { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
        { 0, 0, 1 },
    };

    /// <summary>G·g·Gᵀ for every pair of channels, in double: [position, group of two vectors of output channels, input lane, channel].</summary>
    /// <param name="group">Output channels of a group: two vectors.</param>
    internal static unsafe CpuConvolution Pack(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int group, NativeBufferSource source, Workers workers)
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1)), output = new(new TensorShape(shape.OutChannels, 1, 1));
        int inLanes = input.Blocks * input.Lanes, outLanes = output.Blocks * output.Lanes;
        long perPosition = (long)inLanes * outLanes;
        CpuConvolution packed = new(shape, checked((nuint)perPosition * Positions), (nuint)outLanes, source)
        {
            Algorithm = ConvolutionAlgorithm.Winograd,
        };
        fixed (float* start = weights)
        {
            float* kernels = start;
            workers.Run(shape.OutChannels, o =>
            {
                int first = o / group * group, width = Math.Min(group, outLanes - first);
                float* destination = packed.Weights + (long)first * inLanes + (o - first);
                for (int i = 0; i < shape.InChannels; i++)
                    Transform(kernels + ((long)o * shape.InChannels + i) * 9, destination + (long)i * width, perPosition);
            });
        }

        bias.CopyTo(new Span<float>(packed.Bias, bias.Length));
        return packed;
    }

    private static unsafe void Transform(float* kernel, float* destination, long stride)
    {
        double* half = stackalloc double[18];
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 3; j++)
                half[i * 3 + j] = G[i, 0] * kernel[j] + G[i, 1] * kernel[3 + j] + G[i, 2] * kernel[6 + j];
        }

        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
                destination[(i * 6 + j) * stride] = (float)(half[i * 3] * G[j, 0] + half[i * 3 + 1] * G[j, 1] + half[i * 3 + 2] * G[j, 2]);
        }
    }
}
