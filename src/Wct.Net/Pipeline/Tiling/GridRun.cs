namespace Wct.Net.Pipeline.Tiling;

/// <summary>Neighboring layers of a network that work on one grid of pixels: between them the map is neither enlarged nor pooled.</summary>
/// <param name="Enlarges">Whether the run's input is enlarged by two first.</param>
/// <param name="Pools">Whether its output is pooled by two last.</param>
internal sealed record GridRun(bool Enlarges, bool Pools, IReadOnlyList<NetworkStep> Steps)
{
    // Winograd's form computes 4x4 pixels at a time: on the same ones as without tiles, it rounds the same.
    private const int Grain = 4;

    /// <summary>Pixels that the outputs depend on beside their own, on the run's grid: one per 3x3 convolution.</summary>
    internal int Reach => Steps.Sum(step => step.Convolution.KernelSize / 2);

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
    internal Area Input(Area grid) => Enlarges ? grid.Halved : grid;

    /// <summary>What comes out.</summary>
    internal Area Output(Area grid) => Pools ? grid.Halved : grid;
}
