using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Neighboring steps of a network that work on one grid of pixels: between them the map is neither enlarged nor pooled.</summary>
internal sealed class GridRun
{
    // Winograd's form computes 4x4 pixels at a time: on the same ones as without tiles, it rounds the same.
    private const int Grain = 4;

    /// <param name="inputChannels">Channels of the run's input.</param>
    /// <param name="steps">In order. All but the input comes from the run itself.</param>
    /// <exception cref="NotSupportedException">A step takes another map from before the run.</exception>
    internal GridRun(int inputChannels, NetworkStep[] steps)
    {
        (InputChannels, Steps, Input, Output) = (inputChannels, steps, steps[0].Inputs[0], steps[^1].Index);
        Dictionary<int, int> reaches = new() { [Input] = 0 };
        foreach (NetworkStep step in steps)
        {
            if (step.Inputs.Any(input => !reaches.ContainsKey(input)))
                throw new NotSupportedException(
                    $"The network can't run in tiles: '{step.Name}' takes a map from before a pooling or upsampling.");
            reaches[step.Index] = step.Inputs.Max(input => reaches[input]) + step.Reach;
        }

        Reach = reaches.Values.Max();
    }

    /// <summary>Channels of the run's input.</summary>
    internal int InputChannels { get; }

    /// <summary>The steps, in order.</summary>
    internal NetworkStep[] Steps { get; }

    /// <summary>The step whose output the run takes; <see cref="NetworkStep.NetworkInput"/> for the network's input.</summary>
    internal int Input { get; }

    /// <summary>The step whose output is the run's.</summary>
    internal int Output { get; }

    /// <summary>Whether the run's input is enlarged by two first.</summary>
    internal bool Enlarges => Steps[0].Enlarges;

    /// <summary>Whether its output is pooled by two last.</summary>
    internal bool Pools => Steps[^1].Pools;

    /// <summary>Pixels that the outputs depend on beside their own, on the run's grid: one per 3x3 convolution on the
    /// longest way.</summary>
    internal int Reach { get; }

    /// <summary>The steps with the shapes of their maps.</summary>
    /// <param name="input">What the run takes of its input.</param>
    internal IEnumerable<StepShape> Shapes(Area input) => StepShape.Of(Steps, input.Shape(InputChannels));

    /// <summary>The length of a side of the grid, for that of the run's input.</summary>
    internal int Length(int input) => Enlarges ? checked(2 * input) : input;

    /// <summary>The length of a side of the run's output.</summary>
    internal int OutputLength(int input) => Pools ? Math.Max(1, Length(input) / 2) : Length(input);

    /// <summary>What has to be right on the grid, and what is computed.</summary>
    /// <param name="right">Pixels of the run's output that have to be right.</param>
    /// <param name="covered">Pixels of the output that have to be there.</param>
    /// <param name="input">The length of the run's input.</param>
    internal (Interval Right, Interval Grid) Grid(Interval right, Interval covered, int input)
    {
        int scale = Pools ? 2 : 1, length = Length(input);
        Interval needed = right.Times(scale).Grown(Reach, 1, length);
        return (needed, needed.Or(covered.Times(scale)).Grown(0, Grain, length));
    }

    /// <summary>What of the run's input belongs to that.</summary>
    internal Area InputOf(Area grid) => Enlarges ? grid.Halved : grid;

    /// <summary>What comes out.</summary>
    internal Area OutputOf(Area grid) => Pools ? grid.Halved : grid;
}
