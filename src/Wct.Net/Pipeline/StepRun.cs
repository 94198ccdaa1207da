using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>What a run changes of a step.</summary>
/// <param name="Convolution">Replaces the weights of a convolution; null to keep them.</param>
/// <param name="Clamps">Whether a convolution clamps its output to 0..1.</param>
/// <param name="Settings">What the run of the whole network chooses.</param>
internal readonly record struct StepRun(Convolution? Convolution, bool Clamps, NetworkSettings Settings);
