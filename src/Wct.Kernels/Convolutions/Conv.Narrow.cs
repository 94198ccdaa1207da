using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// Convolutions with fewer than 8 output channels, such as a decoder's last layer. The other kernels vectorize over output channels; here
// most lanes would be unused.
internal static partial class Conv
{
    /// <summary>Computes the output plane by plane. The output has fewer than 8 channels.</summary>
    internal static unsafe void Narrow<TVec>(
        CpuTensor input, CpuConvolution convolution, Activation activation, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        RowChunks chunks = RowChunks.Streamed(input.Shape.Height, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            long* offsets = stackalloc long[MaxBorderTaps];
            TileArguments arguments = Arguments(input, convolution, activation, offsets);
            // A chunk of rows is computed as one line of pixels, which includes the border pixels between the rows. Borders.Fill overwrites
            // those afterwards.
            long pixels = (end - first - 1) * (input.Shape.Width + 2L) + input.Shape.Width;
            arguments.Input = input.At(0, first, 0);
            arguments.Weights = convolution.Weights;
            arguments.Bias = convolution.Bias;
            arguments.Output0 = output.At(0, first, 0);
            int planes = convolution.Shape.OutChannels;
            if (input.Layout.Lanes == 1)
                PlanarLine<TVec>(arguments, pixels, planes, output.Layout.BlockStride);
            else
                DotLine<TVec>(arguments, pixels, planes, output.Layout.BlockStride);
            for (int o = 0; o < planes; o++)
                Borders.Fill(output, o, first, end);
        });
    }

    // Vectors hold input channels of one pixel; their lanes are summed at the end. A second pass adds bias and activation while the line is
    // still in the cache.
    private static unsafe void DotLine<TVec>(TileArguments arguments, long pixels, int planes, long plane)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TileArguments tile = arguments;
        long planeWeights = (long)arguments.Blocks * arguments.Taps * BlockedLayout.BlockLanes;
        for (int o = 0; o < planes; o += o + DotPlanes <= planes ? DotPlanes : 1)
        {
            tile.Weights = arguments.Weights + o * planeWeights;
            bool tiled = o + DotPlanes <= planes && pixels >= DotPixels;
            int count = o + DotPlanes <= planes ? DotPlanes : 1;
            if (tiled)
                TiledDotLine<TVec>(tile, arguments.Output0 + o * plane, pixels, planeWeights, plane);
            for (int single = 0; !tiled && single < count; single++)
                SingleDotLine<TVec>(tile, single * planeWeights, arguments.Output0 + (o + single) * plane, pixels);
        }

        for (int o = 0; o < planes; o++)
            Finish<TVec>(arguments.Output0 + o * plane, pixels, arguments.Bias[o], arguments.Low, arguments.High);
    }

    private static unsafe void TiledDotLine<TVec>(TileArguments tile, float* output, long pixels, long planeWeights, long plane)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* input = tile.Input;
        long last = pixels - DotPixels;
        for (long p = 0; ; p = Math.Min(p + DotPixels, last))
        {
            tile.Input = input + p * BlockedLayout.BlockLanes;
            tile.Output0 = output + p;
            Dot4x3<TVec>(tile, planeWeights, plane);
            if (p == last)
                break;
        }
    }

    private static unsafe void SingleDotLine<TVec>(TileArguments tile, long weights, float* output, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* input = tile.Input;
        tile.Weights += weights;
        for (long p = 0; p < pixels; p++)
        {
            tile.Input = input + p * BlockedLayout.BlockLanes;
            output[p] = Dot1x1<TVec>(tile);
        }
    }

    private static unsafe void Finish<TVec>(float* line, long pixels, float bias, float low, float high)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long p = 0;
        for (; p <= pixels - TVec.Count; p += TVec.Count)
            TVec.Min(TVec.Max(TVec.Load(line + p) + TVec.Broadcast(bias), TVec.Broadcast(low)), TVec.Broadcast(high)).Store(line + p);
        for (; p < pixels; p++)
            line[p] = Math.Min(Math.Max(line[p] + bias, low), high);
    }

    // Each vector holds neighboring pixels, because input and output are both planar.
    private static unsafe void PlanarLine<TVec>(TileArguments arguments, long pixels, int planes, long plane)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long planeWeights = arguments.Blocks * arguments.Taps;
        for (int o = 0; o < planes; o++, arguments.Weights += planeWeights, arguments.Bias++, arguments.Output0 += plane)
        {
            long last = pixels - TVec.Count;
            for (long p = 0; last >= 0; p = Math.Min(p + TVec.Count, last))
            {
                PlanarPixels<TVec>(arguments, p);
                if (p == last)
                    break;
            }

            for (long p = 0; last < 0 && p < pixels; p++)
                PlanarPixels<VecScalar<float>>(arguments, p);
        }
    }

    private static unsafe void PlanarPixels<TVec>(in TileArguments arguments, long pixel)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(arguments.Bias[0]);
        for (int b = 0; b < arguments.Blocks; b++)
        {
            float* x = arguments.Input + b * arguments.BlockStride + pixel;
            for (int tap = 0; tap < arguments.Taps; tap++)
                sum = TVec.MultiplyAdd(
                    TVec.Load(x + arguments.Offsets[tap]), TVec.Broadcast(arguments.Weights[b * arguments.Taps + tap]), sum);
        }

        TVec.Min(TVec.Max(sum, TVec.Broadcast(arguments.Low)), TVec.Broadcast(arguments.High)).Store(arguments.Output0 + pixel);
    }
}
