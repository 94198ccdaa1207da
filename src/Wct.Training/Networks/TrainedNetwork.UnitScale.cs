using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

internal sealed partial class TrainedNetwork
{
    /// <summary>Scales the trained layers so that the outputs of each have a root mean square of 1. Random weights, and weights taken from
    /// a larger network, give features of arbitrary scale, with which training starts badly.</summary>
    /// <param name="inputs">Some inputs of the network.</param>
    /// <remarks>
    /// After Mishkin and Matas 2016, "All you need is a good init". Activations, pooling and upsampling preserve scale factors, so one
    /// forward pass is enough. If a layer's input was divided by p, and its output must be divided by q, its weights are multiplied by p/q
    /// and its bias by 1/q.
    /// </remarks>
    /// <exception cref="NotSupportedException">A layer's output doesn't keep the scale of its input, for example a sum.</exception>
    internal void ScaleToUnit(IReadOnlyList<Tensor> inputs)
    {
        int other = Array.FindIndex(_passes, pass => !pass.KeepsScale);
        if (other >= 0)
        {
            throw new NotSupportedException(
                $"Layer '{_layers[other].Name}' ({_layers[other].Operation}) doesn't keep the scale of its input: the network's layers "
                    + "can't be scaled one by one.");
        }

        double[] roots = new double[_layers.Length];
        foreach (Tensor input in inputs)
        {
            using ForwardPass pass = Forward(input);
            for (int i = 0; i < roots.Length; i++)
                roots[i] += MeanSquare(pass.Output(i)) / inputs.Count;
        }

        double before = 1;
        for (int i = 0; i < roots.Length; i++)
        {
            double root = Math.Sqrt(roots[i]);
            if (_passes[i].Convolution is not { IsTrained: true } convolution)
                continue;
            if (root > 0 && double.IsFinite(root))
            {
                convolution.Scale(before / root, 1 / root);
                before = root;
            }
        }

        Refresh();
    }

    private double MeanSquare(Tensor tensor)
    {
        using Tensor zero = _backend.Allocate(tensor.Shape);
        _backend.Write(new float[tensor.Shape.Length], zero);
        return _backend.SquaredError(tensor, zero) / tensor.Shape.Length;
    }
}
