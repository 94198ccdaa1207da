using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A step with the shapes of its maps.</summary>
/// <param name="Step">The step.</param>
/// <param name="Input">The shape of its inputs; a sum has two of the same.</param>
/// <param name="Output">The shape of its output.</param>
internal readonly record struct StepShape(NetworkStep Step, TensorShape Input, TensorShape Output)
{
    /// <summary>The steps, for an input of that shape.</summary>
    /// <param name="steps">In order. What they read is the input, or the output of one of them.</param>
    internal static IEnumerable<StepShape> Of(NetworkStep[] steps, TensorShape input)
    {
        // By the step's index, after the network's input.
        TensorShape[] shapes = new TensorShape[steps[^1].Index + 2];
        shapes[steps[0].Inputs[0] + 1] = input;
        foreach (NetworkStep step in steps)
        {
            TensorShape from = shapes[step.Inputs[0] + 1], to = step.After(from);
            shapes[step.Index + 1] = to;
            yield return new StepShape(step, from, to);
        }
    }
}
