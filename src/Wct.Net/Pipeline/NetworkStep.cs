using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>A convolution and what is fused with it.</summary>
internal sealed record NetworkStep(
    string Name, ConvolutionShape Convolution, PackedWeights Weights, Activation Activation, Fusion Fusion)
{
    internal bool Enlarges => Fusion.HasFlag(Fusion.UpsampleInput);

    internal bool Pools => Fusion.HasFlag(Fusion.PoolOutput);

    internal TensorShape After(TensorShape input)
    {
        TensorShape full = Full(input).WithChannels(Convolution.OutChannels);
        return Pools ? full.Pooled : full;
    }

    internal double Operations(TensorShape input) => Convolution.Operations(Full(input).Height, Full(input).Width);

    private TensorShape Full(TensorShape input) => Enlarges ? input.Upsampled : input;
}
