using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks;

/// <summary>What a layer's backward pass reads.</summary>
/// <param name="Inputs">The inputs of the forward pass.</param>
/// <param name="Gradient">The gradient of the output, before its activation; the layer may overwrite it.</param>
/// <param name="Needed">For each input, whether its gradient is needed.</param>
/// <param name="Settings">The styles and the noise of the forward pass.</param>
internal readonly record struct LayerPass(
    IReadOnlyList<Tensor> Inputs, Tensor Gradient, IReadOnlyList<bool> Needed, NetworkSettings Settings);
