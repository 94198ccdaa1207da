using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks;

/// <summary>A layer with a backward pass. Each operation is a class; <see cref="TrainedLayers"/> lists them.</summary>
internal abstract class TrainedLayer : IDisposable
{
    /// <summary>Whether its parameters are trained.</summary>
    internal virtual bool IsTrained => false;

    /// <summary>What the layer applies last. The network computes its gradient before <see cref="Backward"/>.</summary>
    internal virtual Activation Activation => Activation.None;

    /// <summary>Whether an input that is k times as large makes its output k times as large, if it has no bias.</summary>
    internal virtual bool KeepsScale => true;

    /// <summary>Its convolution; null for other operations.</summary>
    internal virtual TrainedConvolution? Convolution => null;

    /// <summary>The current weights of a normalization; null for other operations.</summary>
    internal virtual NormalizationWeights? Normalization => null;

    /// <summary>The shape of the output.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    internal abstract TensorShape Output(IReadOnlyList<TensorShape> inputs);

    /// <summary>Computes the output.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="output">Has the shape that <see cref="Output"/> returns.</param>
    /// <param name="settings">The styles and the noise of the pass.</param>
    internal abstract void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings);

    /// <summary>Adds the gradients of the parameters, and computes the gradients of the inputs.</summary>
    /// <param name="pass">What the layer reads.</param>
    /// <param name="gradients">As long as the parameter set; not read if the layer isn't trained.</param>
    /// <returns>For each input its gradient, which the caller disposes of; null where it isn't needed.</returns>
    internal abstract Tensor?[] Backward(LayerPass pass, Memory<float> gradients);

    /// <summary>Reads the parameters again after they changed.</summary>
    internal virtual void Refresh()
    {
    }

    public virtual void Dispose()
    {
    }
}
