using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// Convolutions to a few planes (a decoder's last one): vectors of output channels would be mostly empty.
internal static partial class Conv
{
    /// <summary>Arranges weights for <see cref="Narrow"/>: [output channel, input block, tap, input lane].</summary>
    internal static unsafe CpuConvolution PackNarrow(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, NativeBufferSource source)
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1));
        int taps = shape.Taps, length = input.Blocks * taps * input.Lanes;
        CpuConvolution packed = new(shape, checked((nuint)shape.OutChannels * (nuint)length), (nuint)shape.OutChannels, source);
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < shape.InChannels; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    packed.Weights[(long)o * length + (i / input.Lanes * taps + tap) * input.Lanes + i % input.Lanes] =
                        weights[(o * shape.InChannels + i) * taps + tap];
                }
            }
        }

        bias.CopyTo(new Span<float>(packed.Bias, bias.Length));
        return packed;
    }

    /// <summary>One output plane after the other. The output has fewer than 8 channels.</summary>
    internal static unsafe void Narrow<TVec>(CpuTensor input, CpuConvolution convolution, Activation activation, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long rowBytes = input.Layout.Blocks * input.Layout.RowStride * sizeof(float);
        RowChunks chunks = new(input.Shape.Height, rowBytes, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            long* offsets = stackalloc long[MostTaps];
            TileArguments arguments = Arguments(input, convolution, activation, offsets);
            long pixels = (end - first - 1) * (input.Shape.Width + 2L) + input.Shape.Width;
            for (int o = 0; o < convolution.Shape.OutChannels; o++)
            {
                arguments.Input = input.At(0, first, 0);
                arguments.Weights = convolution.Weights + (long)o * arguments.Blocks * arguments.Taps * input.Layout.Lanes;
                arguments.Bias = convolution.Bias + o;
                arguments.Output0 = output.At(o, first, 0);
                if (input.Layout.Lanes == 1)
                    PlanarLine<TVec>(arguments, pixels);
                else
                    DotLine<TVec>(arguments, pixels);
                Borders.Fill(output, o, first, end);
            }
        });
    }

    // Vectors over input channels, summed across the lanes at the end.
    private static unsafe void DotLine<TVec>(TileArguments arguments, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* input = arguments.Input, output = arguments.Output0;
        long last = pixels - DotTile;
        for (long p = 0; last >= 0; p = Math.Min(p + DotTile, last))
        {
            arguments.Input = input + p * BlockedLayout.BlockLanes;
            arguments.Output0 = output + p;
            DotPixels<TVec>(arguments);
            if (p == last)
                return;
        }

        for (long p = 0; p < pixels; p++)
        {
            arguments.Input = input + p * BlockedLayout.BlockLanes;
            output[p] = DotPixel<TVec>(arguments);
        }
    }

    private static unsafe float DotPixel<TVec>(in TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(0);
        float* weights = arguments.Weights;
        for (int b = 0; b < arguments.Blocks; b++)
        {
            for (int tap = 0; tap < arguments.Taps; tap++)
            {
                float* x = arguments.Input + b * arguments.BlockStride + arguments.Offsets[tap];
                for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count, weights += TVec.Count)
                    sum = TVec.MultiplyAdd(TVec.Load(x + lane), TVec.Load(weights), sum);
            }
        }

        return Clamp(TVec.Sum(sum) + arguments.Bias[0], arguments);
    }

    // Vectors over pixels: input and output are both planes.
    private static unsafe void PlanarLine<TVec>(in TileArguments arguments, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long last = pixels - TVec.Count;
        for (long p = 0; last >= 0; p = Math.Min(p + TVec.Count, last))
        {
            PlanarPixels<TVec>(arguments, p);
            if (p == last)
                return;
        }

        for (long p = 0; p < pixels; p++)
            PlanarPixels<VecScalar<float>>(arguments, p);
    }

    private static unsafe void PlanarPixels<TVec>(in TileArguments arguments, long pixel)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(arguments.Bias[0]);
        for (int b = 0; b < arguments.Blocks; b++)
        {
            float* x = arguments.Input + b * arguments.BlockStride + pixel;
            for (int tap = 0; tap < arguments.Taps; tap++)
                sum = TVec.MultiplyAdd(TVec.Load(x + arguments.Offsets[tap]), TVec.Broadcast(arguments.Weights[b * arguments.Taps + tap]), sum);
        }

        TVec.Min(TVec.Max(sum, TVec.Broadcast(arguments.Low)), TVec.Broadcast(arguments.High)).Store(arguments.Output0 + pixel);
    }

    private static float Clamp(float value, in TileArguments arguments) => Math.Min(Math.Max(value, arguments.Low), arguments.High);
}
