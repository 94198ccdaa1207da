using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A step with the shapes of its maps.</summary>
/// <param name="Step">The step.</param>
/// <param name="Inputs">The shapes of its inputs.</param>
/// <param name="Output">The shape of its output.</param>
internal readonly record struct StepShape(NetworkStep Step, TensorShape[] Inputs, TensorShape Output)
{
    /// <summary>Number of additions and multiplications.</summary>
    internal double Work => Step.Operation.Work(Inputs);

    /// <summary>The shapes of all steps for an input of that shape.</summary>
    /// <param name="steps">The steps in order. They read the input or each other's outputs.</param>
    /// <param name="input">[C, H, W] of the input.</param>
    /// <exception cref="ArgumentException">The shapes of a step's inputs don't fit together.</exception>
    internal static IEnumerable<StepShape> Of(NetworkStep[] steps, TensorShape input)
    {
        // Indexed by the step's index + 1; entry 0 is the network's input.
        TensorShape[] shapes = new TensorShape[steps[^1].Index + 2];
        shapes[steps[0].Inputs[0] + 1] = input;
        foreach (NetworkStep step in steps)
        {
            TensorShape[] from = Array.ConvertAll(step.Inputs, own => shapes[own + 1]);
            TensorShape to = step.Operation.Output(from);
            shapes[step.Index + 1] = to;
            yield return new StepShape(step, from, to);
        }
    }
}
