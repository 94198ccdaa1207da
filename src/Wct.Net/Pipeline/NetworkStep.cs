using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>One call of the backend: a layer, and the pooling or upsampling that is fused with it.</summary>
/// <param name="Index">Its place in the network; the key of its output.</param>
/// <param name="Name">The name of the layer; that of the pooling if one is fused.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Inputs">The steps whose outputs it takes; <see cref="NetworkInput"/> for the network's input.</param>
/// <param name="Channels">Channels of its output.</param>
/// <param name="Weights">Of a convolution; null for other kinds.</param>
/// <param name="Activation">Of a convolution.</param>
/// <param name="Fusion">Of a convolution.</param>
internal sealed record NetworkStep(
    int Index, string Name, LayerKind Kind, int[] Inputs, int Channels, PackedWeights? Weights, Activation Activation, Fusion Fusion)
{
    /// <summary>In place of a step's index: the network's input.</summary>
    internal const int NetworkInput = -1;

    /// <summary>Whether its input is enlarged by two first.</summary>
    internal bool Enlarges => Kind == LayerKind.Upsample || Fusion.HasFlag(Fusion.UpsampleInput);

    /// <summary>Whether its output is pooled by two last.</summary>
    internal bool Pools => Kind == LayerKind.MaxPool || Fusion.HasFlag(Fusion.PoolOutput);

    /// <summary>Pixels around its own that an output depends on.</summary>
    internal int Reach => Weights is null ? 0 : Weights.Shape.KernelSize / 2;

    /// <summary>The shape of the output for inputs of that size.</summary>
    internal TensorShape After(TensorShape input)
    {
        TensorShape full = Full(input).WithChannels(Channels);
        return Pools ? full.Pooled : full;
    }

    /// <summary>Additions and multiplications for inputs of that size.</summary>
    internal double Operations(TensorShape input) => Weights is null ? 0 : Weights.Shape.Operations(Full(input).Height, Full(input).Width);

    /// <summary>Bytes of the weights as the backend packs them.</summary>
    internal long WeightBytes(Backend backend) => Weights is null ? 0 : backend.BytesOf(Weights.Shape);

    /// <summary>Bytes that the backend takes while the step runs.</summary>
    internal long ScratchBytes(Backend backend, TensorShape input) =>
        Weights is null ? 0 : backend.ScratchBytes(Weights.Shape, Fusion, input);

    /// <summary>Runs the step.</summary>
    /// <param name="live">Holds the inputs.</param>
    /// <param name="convolution">Stands in for the weights, if given.</param>
    /// <param name="clamp">Whether a convolution clamps its output to 0..1.</param>
    /// <param name="output">Of the shape that <see cref="After"/> returns.</param>
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
