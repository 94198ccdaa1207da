using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>One call of the backend: a layer, and a pooling or upsampling if one is fused with it.</summary>
/// <param name="Index">Its position in the network, which identifies its output.</param>
/// <param name="Name">The name of the layer, or of the pooling that is fused with it.</param>
/// <param name="Kind">The kind of layer.</param>
/// <param name="Inputs">Indices of the steps whose outputs it reads; <see cref="NetworkInput"/> for the network's input.</param>
/// <param name="Channels">Channels of its output.</param>
/// <param name="Weights">A convolution's weights; null for other kinds.</param>
/// <param name="Activation">A convolution's activation.</param>
/// <param name="Fusion">What is fused with a convolution.</param>
internal sealed record NetworkStep(
    int Index, string Name, LayerKind Kind, int[] Inputs, int Channels, PackedWeights? Weights, Activation Activation, Fusion Fusion)
{
    /// <summary>Stands for the network's input in place of a step's index.</summary>
    internal const int NetworkInput = -1;

    /// <summary>Whether it first enlarges its input by two.</summary>
    internal bool Enlarges => Kind == LayerKind.Upsample || Fusion.HasFlag(Fusion.UpsampleInput);

    /// <summary>Whether it last pools its output by two.</summary>
    internal bool Pools => Kind == LayerKind.MaxPool || Fusion.HasFlag(Fusion.PoolOutput);

    /// <summary>Number of pixels in each direction beyond its own that an output depends on.</summary>
    internal int Reach => Weights is null ? 0 : Weights.Shape.KernelSize / 2;

    /// <summary>The shape of the output for inputs of that size.</summary>
    internal TensorShape After(TensorShape input)
    {
        TensorShape full = Full(input).WithChannels(Channels);
        return Pools ? full.Pooled : full;
    }

    /// <summary>Number of additions and multiplications for inputs of that size.</summary>
    internal double Operations(TensorShape input) => Weights is null ? 0 : Weights.Shape.Operations(Full(input).Height, Full(input).Width);

    /// <summary>Bytes of the packed weights.</summary>
    internal long WeightBytes(Backend backend) => Weights is null ? 0 : backend.BytesOf(Weights.Shape);

    /// <summary>Scratch memory of the backend while the step runs, in bytes.</summary>
    internal long ScratchBytes(Backend backend, TensorShape input) =>
        Weights is null ? 0 : backend.ScratchBytes(Weights.Shape, Fusion, input);

    /// <summary>Runs the step.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="live">Holds the inputs.</param>
    /// <param name="convolution">Replaces the weights, if given.</param>
    /// <param name="clamp">Whether a convolution clamps its output to 0..1.</param>
    /// <param name="output">Has the shape that <see cref="After"/> returns.</param>
    internal void Run(Backend backend, LiveOutputs live, Convolution? convolution, bool clamp, Tensor output)
    {
        Tensor input = live.Of(Inputs[0]);
        if (Kind == LayerKind.Convolution)
            backend.Convolve(input, convolution ?? Weights!.Value, clamp ? Activation.Clamp : Activation, output, Fusion);
        else if (Kind == LayerKind.MaxPool)
            backend.MaxPool(input, output);
        else if (Kind == LayerKind.Upsample)
            backend.Upsample(input, output);
        else
            backend.Add(input, live.Of(Inputs[1]), output);
    }

    private TensorShape Full(TensorShape input) => Enlarges ? input.Upsampled : input;
}
