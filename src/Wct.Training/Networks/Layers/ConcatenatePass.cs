using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks.Layers;

/// <summary>Concatenation of channels.</summary>
internal sealed class ConcatenatePass(TrainingBackend backend) : TrainedLayer
{
    // The inputs may have different scales.
    internal override bool KeepsScale => false;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) =>
        inputs[0].WithChannels(inputs.Sum(input => input.Channels));

    internal override void Forward(IReadOnlyList<Tensor> inputs, Tensor output, NetworkSettings settings) =>
        backend.Concatenate(inputs, output);

    internal override Tensor?[] Backward(LayerPass pass, Memory<float> gradients)
    {
        Tensor?[] parts = new Tensor?[pass.Inputs.Count];
        int first = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            TensorShape shape = pass.Inputs[i].Shape;
            if (pass.Needed[i])
            {
                parts[i] = backend.Allocate(shape);
                backend.Slice(pass.Gradient, first, parts[i]!);
            }

            first += shape.Channels;
        }

        return parts;
    }
}
