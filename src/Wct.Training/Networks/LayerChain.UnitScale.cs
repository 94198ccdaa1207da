using Wct.Kernels;

namespace Wct.Training.Networks;

internal sealed partial class LayerChain
{
    /// <summary>Scales the trained layers so that each one's outputs have a root mean square of 1: random weights, or parts of larger networks,
    /// leave features of any size, with which training starts badly.</summary>
    /// <param name="inputs">Some of the chain's inputs.</param>
    /// <remarks>
    /// After Mishkin and Matas 2016, "All you need is a good init". Everything between the layers passes factors on, so one forward pass tells
    /// all: a layer whose input was divided by p and whose output is to be divided by q multiplies its weights by p/q and its bias by 1/q.
    /// </remarks>
    internal void ScaleToUnit(IReadOnlyList<Tensor> inputs)
    {
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
            if (_convolutions[i] is not { IsTrained: true } convolution)
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
