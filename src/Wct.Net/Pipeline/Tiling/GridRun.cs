using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>Consecutive steps of a network that work at one resolution, on the same pixel grid: the map is neither enlarged nor pooled
/// between them.</summary>
internal sealed class GridRun
{
    // Winograd convolution computes blocks of 4x4 pixels. With the same blocks as without tiles, it rounds the same way.
    private const int Grain = 4;

    /// <param name="inputChannels">Channels of the run's input.</param>
    /// <param name="steps">The steps in order. They read the run's input or each other's outputs.</param>
    /// <exception cref="NotSupportedException">A step reads another map from before the run, or needs the whole picture.</exception>
    internal GridRun(int inputChannels, NetworkStep[] steps)
    {
        (InputChannels, Steps, Input, Output) = (inputChannels, steps, steps[0].Inputs[0], steps[^1].Index);
        Dictionary<int, int> reaches = new() { [Input] = 0 };
        foreach (NetworkStep step in steps)
        {
            if (step.Operation.WholeOnly is { } reason)
                throw new NotSupportedException($"The network can't run in tiles: '{step.Name}' {reason}.");
            // Only the first step can read what it enlarges: the other steps work on the enlarged grid.
            if (step.Inputs.Any(input => !reaches.ContainsKey(input) || (Enlarges && input == Input && step != steps[0])))
                throw new NotSupportedException(
                    $"The network can't run in tiles: '{step.Name}' takes a map from before a pooling or upsampling.");
            reaches[step.Index] = step.Inputs.Max(input => reaches[input]) + step.Operation.Reach;
        }

        Reach = reaches.Values.Max();
    }

    /// <summary>Channels of the run's input.</summary>
    internal int InputChannels { get; }

    /// <summary>The steps, in order.</summary>
    internal NetworkStep[] Steps { get; }

    /// <summary>The step whose output is the run's input; <see cref="NetworkStep.NetworkInput"/> for the network's input.</summary>
    internal int Input { get; }

    /// <summary>The step whose output is the run's output.</summary>
    internal int Output { get; }

    /// <summary>Whether the run first enlarges its input by two.</summary>
    internal bool Enlarges => Steps[0].Operation.Enlarges;

    /// <summary>Whether the run last reduces its output by two.</summary>
    internal bool Shrinks => Steps[^1].Operation.Shrinks;

    /// <summary>Number of pixels on the run's grid, in each direction beyond its own, that an output depends on: for example one per 3x3
    /// convolution on the longest path.</summary>
    internal int Reach { get; }

    /// <summary>The steps with the shapes of their maps.</summary>
    /// <param name="input">The part of the input that the run reads.</param>
    internal IEnumerable<StepShape> Shapes(Area input) => StepShape.Of(Steps, input.Shape(InputChannels));

    /// <summary>The length of a side of the grid, for the length of that side of the run's input.</summary>
    internal int Length(int input) => Enlarges ? checked(2 * input) : input;

    /// <summary>The length of a side of the run's output, for the length of that side of its input.</summary>
    internal int OutputLength(int input) => Shrinks ? Steps[^1].Operation.Shrunk(Length(input)) : Length(input);

    /// <summary>The interval of the grid that must be correct, and the one that is computed.</summary>
    /// <param name="right">Pixels of the run's output that must be correct.</param>
    /// <param name="covered">Pixels of the output that must be computed.</param>
    /// <param name="input">The length of the run's input.</param>
    internal (Interval Right, Interval Grid) Grid(Interval right, Interval covered, int input)
    {
        int scale = Shrinks ? 2 : 1, length = Length(input);
        Interval needed = right.Times(scale).Grown(Reach, 1, length);
        return (needed, needed.Or(covered.Times(scale)).Grown(0, Grain, length));
    }

    /// <summary>The part of the run's input that an area of the grid needs.</summary>
    internal Area InputOf(Area grid) => Enlarges ? grid.Halved : grid;

    /// <summary>The part of the run's output that an area of the grid gives.</summary>
    internal Area OutputOf(Area grid) => Shrinks ? new Area(Shrunk(grid.Rows), Shrunk(grid.Columns)) : grid;

    // The first row or column of a grid is even.
    private Interval Shrunk(Interval grid) => new(grid.First / 2, grid.First / 2 + Steps[^1].Operation.Shrunk(grid.Length));
}
