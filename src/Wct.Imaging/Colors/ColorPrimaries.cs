namespace Wct.Imaging.Colors;

/// <summary>The chromaticities of an RGB color space.</summary>
/// <param name="Red">x and y of red.</param>
/// <param name="Green">x and y of green.</param>
/// <param name="Blue">x and y of blue.</param>
/// <param name="White">x and y of white.</param>
internal readonly record struct ColorPrimaries(
    (double X, double Y) Red, (double X, double Y) Green, (double X, double Y) Blue, (double X, double Y) White)
{
    private static readonly (double X, double Y) D65 = (0.3127, 0.3290);

    // The white of the profiles' connection space, and the cones of Bradford's adaptation (ICC.1, annex E).
    private static readonly double[] D50 = [0.9642, 1, 0.8249];
    private static readonly double[,] Bradford = { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };

    /// <summary>The primaries of sRGB.</summary>
    internal static ColorPrimaries Srgb { get; } = new((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65);

    /// <summary>The primaries with a number of ITU-T H.273; null if it is unknown.</summary>
    internal static ColorPrimaries? FromNumber(int number) => number switch
    {
        1 => Srgb,
        4 => new((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
        5 => new((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65),
        6 or 7 => new((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
        9 => new((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65),
        11 => new((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
        12 => new((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65),
        22 => new((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), D65),
        _ => null,
    };

    /// <summary>Whether all coordinates differ by less than 0.001.</summary>
    internal bool IsNear(ColorPrimaries other) => Near(Red, other.Red) && Near(Green, other.Green) && Near(Blue, other.Blue)
        && Near(White, other.White);

    /// <summary>The colorants in XYZ, adapted to D50: columns are red, green and blue. null if there is no such color space.</summary>
    internal double[,]? Colorants()
    {
        if (!(White.Y > 0))
            return null;
        double[,] matrix = { { Red.X, Green.X, Blue.X }, { Red.Y, Green.Y, Blue.Y }, { Z(Red), Z(Green), Z(Blue) } };
        double[] white = [White.X / White.Y, 1, Z(White) / White.Y];
        if (Solve(matrix, white) is not { } luminances)
            return null;
        double[] from = Times(Bradford, white), to = Times(Bradford, D50);
        double[,] adapted = new double[3, 3];
        for (int color = 0; color < 3; color++)
        {
            double[] cones = Times(Bradford, [.. Enumerable.Range(0, 3).Select(row => matrix[row, color] * luminances[color])]);
            for (int i = 0; i < 3; i++)
                cones[i] *= to[i] / from[i];
            if (Solve(Bradford, cones) is not { } xyz)
                return null;
            for (int i = 0; i < 3; i++)
                adapted[i, color] = xyz[i];
        }

        return adapted;
    }

    private static double Z((double X, double Y) color) => 1 - color.X - color.Y;

    private static bool Near((double X, double Y) a, (double X, double Y) b) =>
        Math.Abs(a.X - b.X) < 0.001 && Math.Abs(a.Y - b.Y) < 0.001;

    private static double[] Times(double[,] m, double[] v) =>
        [.. Enumerable.Range(0, 3).Select(i => (m[i, 0] * v[0]) + (m[i, 1] * v[1]) + (m[i, 2] * v[2]))];

    // Cramer's rule.
    private static double[]? Solve(double[,] m, double[] v)
    {
        double determinant = Determinant(m);
        if (!(Math.Abs(determinant) > 1e-9))
            return null;
        double[] result = new double[3];
        for (int column = 0; column < 3; column++)
        {
            double[,] replaced = (double[,])m.Clone();
            for (int row = 0; row < 3; row++)
                replaced[row, column] = v[row];
            result[column] = Determinant(replaced) / determinant;
        }

        return result;
    }

    private static double Determinant(double[,] m) => (m[0, 0] * ((m[1, 1] * m[2, 2]) - (m[1, 2] * m[2, 1])))
        - (m[0, 1] * ((m[1, 0] * m[2, 2]) - (m[1, 2] * m[2, 0]))) + (m[0, 2] * ((m[1, 0] * m[2, 1]) - (m[1, 1] * m[2, 0])));
}
