using Wct.Kernels.Convolutions.Bands;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

// Packing of weights for all algorithms except Winograd's.
internal static partial class Conv
{
    /// <summary>Packs weights. For outputs in blocks: [group of two vectors of output channels, input block, tap, input lane, output
    /// channel]. For planar outputs: [output channel, input block, tap, input lane]. The four phases of a transposed convolution are packed
    /// one after the other, each like a convolution with fewer taps.</summary>
    /// <remarks>With vectors of 16 lanes a group has 32 channels. If only 16 are left, the last group has one vector.</remarks>
    internal static unsafe CpuConvolution PackTaps<TVec>(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ConvolutionAlgorithm algorithm,
        NativeBufferSource source)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1)), output = new(new TensorShape(shape.OutChannels, 1, 1));
        nuint inLanes = (nuint)(input.Blocks * input.Lanes), outLanes = (nuint)(output.Blocks * output.Lanes);
        CpuConvolution packed = new(shape, checked(outLanes * inLanes * (nuint)shape.Taps), outLanes, source) { Algorithm = algorithm };
        float* target = packed.Weights;
        foreach (int[] taps in TapGroups(shape, algorithm))
        {
            if (output.Lanes == 1)
                FillNarrow(target, shape, weights, taps);
            else
                FillDirect<TVec>(target, shape, weights, taps);
            target += outLanes * inLanes * (nuint)taps.Length;
        }

        bias.CopyTo(new Span<float>(packed.Bias, bias.Length));
        return packed;
    }

    private static int[][] TapGroups(ConvolutionShape shape, ConvolutionAlgorithm algorithm)
    {
        if (algorithm != ConvolutionAlgorithm.Transposed)
            return [[.. Enumerable.Range(0, shape.Taps)]];
        return
        [
            .. from phase in Enumerable.Range(0, 4)
               let taps = PhaseTaps.Of(shape.KernelSize, phase)
               select Enumerable.Range(0, taps.Count).Select(tap => taps[tap].Y * shape.KernelSize + taps[tap].X).ToArray(),
        ];
    }

    private static unsafe void FillDirect<TVec>(float* target, ConvolutionShape shape, ReadOnlySpan<float> weights, int[] taps)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1)), output = new(new TensorShape(shape.OutChannels, 1, 1));
        int inLanes = input.Blocks * input.Lanes, outLanes = output.Blocks * output.Lanes;
        for (int o = 0; o < shape.OutChannels; o++)
        {
            int first = o / (2 * TVec.Count) * (2 * TVec.Count);
            int group = Math.Min(2 * TVec.Count, outLanes - first);
            float* destination = target + (long)first * inLanes * taps.Length + (o - first);
            for (int i = 0; i < shape.InChannels; i++)
            {
                int block = i / input.Lanes, lane = i % input.Lanes;
                for (int tap = 0; tap < taps.Length; tap++)
                    destination[((long)(block * taps.Length + tap) * input.Lanes + lane) * group] =
                        weights[(o * shape.InChannels + i) * shape.Taps + taps[tap]];
            }
        }
    }

    private static unsafe void FillNarrow(float* target, ConvolutionShape shape, ReadOnlySpan<float> weights, int[] taps)
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1));
        int length = input.Blocks * taps.Length * input.Lanes;
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < shape.InChannels; i++)
            {
                for (int tap = 0; tap < taps.Length; tap++)
                {
                    target[(long)o * length + (i / input.Lanes * taps.Length + tap) * input.Lanes + i % input.Lanes] =
                        weights[(o * shape.InChannels + i) * shape.Taps + taps[tap]];
                }
            }
        }
    }
}
