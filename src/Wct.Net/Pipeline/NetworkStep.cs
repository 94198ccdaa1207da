namespace Wct.Net.Pipeline;

/// <summary>One call of the backend: a layer, and a pooling or upsampling if one is fused with it.</summary>
/// <param name="Index">Its position in the network, which identifies its output.</param>
/// <param name="Name">The name of the layer, or of the pooling that is fused with it.</param>
/// <param name="Inputs">Indices of the steps whose outputs it reads; <see cref="NetworkInput"/> for the network's input.</param>
/// <param name="Operation">What it computes.</param>
internal sealed record NetworkStep(int Index, string Name, int[] Inputs, Operation Operation)
{
    /// <summary>Stands for the network's input in place of a step's index.</summary>
    internal const int NetworkInput = -1;
}
