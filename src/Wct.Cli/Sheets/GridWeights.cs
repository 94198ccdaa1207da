using System.Globalization;

namespace Wct.Cli.Sheets;

/// <summary>The weights of two or four styles for each cell of a grid that shows the steps from one style to another.</summary>
internal sealed class GridWeights
{
    private readonly double[,][] _weights;

    private GridWeights(double[,][] weights, IReadOnlyList<string> columns, IReadOnlyList<string> rows) =>
        (_weights, Columns, Rows) = (weights, columns, rows);

    /// <summary>The label of each column: the weights of the left and the right styles, such as "0.75 / 0.25".</summary>
    internal IReadOnlyList<string> Columns { get; }

    /// <summary>The label of each row: the weights of the upper and the lower styles, such as "0.75 / 0.25". Empty for two
    /// styles.</summary>
    internal IReadOnlyList<string> Rows { get; }

    /// <summary>The weights of the styles in a cell. Each is in 0..1, and their sum is 1. A corner has one style with weight 1.</summary>
    /// <param name="row">The row, 0 at the top.</param>
    /// <param name="column">The column, 0 at the left.</param>
    internal IReadOnlyList<double> this[int row, int column] => _weights[row, column];

    /// <summary>One row from the first style at the left to the second style at the right.</summary>
    /// <param name="steps">Number of columns, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 steps.</exception>
    internal static GridWeights OfTwo(int steps)
    {
        double[][] line = Line(steps);
        double[,][] weights = new double[1, steps][];
        for (int column = 0; column < steps; column++)
            weights[0, column] = line[column];
        return new GridWeights(weights, Labels(line), [""]);
    }

    /// <summary>A square with a style in each corner: upper left, upper right, lower left, lower right.</summary>
    /// <param name="steps">Number of rows and of columns, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 steps.</exception>
    /// <remarks>The weights are those of bilinear interpolation.</remarks>
    internal static GridWeights OfFour(int steps)
    {
        double[][] line = Line(steps);
        double[,][] weights = new double[steps, steps][];
        for (int row = 0; row < steps; row++)
        {
            for (int column = 0; column < steps; column++)
                weights[row, column] = [.. line[row].SelectMany(vertical => line[column].Select(horizontal => vertical * horizontal))];
        }

        return new GridWeights(weights, Labels(line), Labels(line));
    }

    /// <summary>The label of some weights, with two decimals: "0.75 / 0.25".</summary>
    /// <remarks>Ties are rounded to even, so that the rounded weights of two styles have the sum 1: "0.12 / 0.88".</remarks>
    internal static string Label(IEnumerable<double> weights) =>
        string.Join(" / ", weights.Select(weight => Math.Round((decimal)weight, 2).ToString("0.00", CultureInfo.InvariantCulture)));

    private static double[][] Line(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        double last = steps - 1;
        return [.. Enumerable.Range(0, steps).Select(i => (double[])[(last - i) / last, i / last])];
    }

    private static string[] Labels(double[][] line) => [.. line.Select(Label)];
}
