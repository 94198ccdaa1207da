using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>What a layer needs to prepare its backward pass.</summary>
/// <param name="Backend">The backend that runs it.</param>
/// <param name="Weights">The starting weights of the network.</param>
/// <param name="Parameters">The trained weights; null if all layers are frozen.</param>
/// <param name="Prefix">The prefix of the parameters' names.</param>
/// <param name="InputGradient">Whether the gradient of any input is needed.</param>
internal sealed record TrainedLayerSetup(
    TrainingBackend Backend, NetworkWeights Weights, ParameterSet? Parameters, string Prefix, bool InputGradient)
{
    /// <summary>The parameter set if a layer is trained; null if it is frozen.</summary>
    internal ParameterSet? ParametersOf(Layer layer) =>
        Parameters is not null && Parameters.Names.Contains(Prefix + layer.Weights[0]) ? Parameters : null;
}
