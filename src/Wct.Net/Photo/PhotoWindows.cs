namespace Wct.Net.Photo;

/// <summary>The windows of a <see cref="PhotoFilter"/>, clipped at the picture's borders, and the precision of their sums.</summary>
internal sealed class PhotoWindows
{
    // With a smaller ε, slopes would follow the rounding of the luminance. Its steps are up to 2^-15, so its variance is up to 8e-11.
    private const double LeastEpsilon = 1e-9;

    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Windows have 2·radius + 1 rows and columns.</param>
    /// <param name="epsilon">Variance from which on a window counts as an edge.</param>
    internal PhotoWindows(int width, int height, int radius, double epsilon)
    {
        (Width, Height) = (width, height);
        // A larger radius than this has the same windows.
        RowRadius = Math.Min(radius, height - 1);
        ColumnRadius = Math.Min(radius, width - 1);
        Epsilon = Math.Max(epsilon, LeastEpsilon);
        InverseColumns = new double[width];
        for (int x = 0; x < width; x++)
            InverseColumns[x] = 1.0 / CountClipped(x, ColumnRadius, width);
        long rows = Math.Min(2 * RowRadius + 1, height), columns = Math.Min(2 * ColumnRadius + 1, width);
        WindowPrecision precision = new(rows * columns);
        ColorRounding = precision.ColorRounding;
        // |slope| = |covariance| / (σ² + ε), and the covariance with colors in 0..1 is at most σ/2. The largest value is at σ² = ε. An
        // offset is mean - slope·I.
        CoefficientRounding = precision.Rounding(1 + 1 / (4 * Math.Sqrt(Epsilon)));
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Rows above and below the center of a window.</summary>
    internal int RowRadius { get; }

    /// <summary>Columns to the left and to the right of the center of a window.</summary>
    internal int ColumnRadius { get; }

    internal double Epsilon { get; }

    /// <summary>See <see cref="WindowPrecision.ColorRounding"/>.</summary>
    internal float ColorRounding { get; }

    /// <summary>Rounds slopes and offsets; see <see cref="WindowPrecision.Rounding"/>.</summary>
    internal double CoefficientRounding { get; }

    /// <summary>[width]: 1 / columns of the window around each pixel.</summary>
    internal double[] InverseColumns { get; }

    /// <summary>1 / rows of the window around a pixel.</summary>
    internal double InverseRows(int y) => 1.0 / CountClipped(y, RowRadius, Height);

    private static int CountClipped(int center, int radius, int side) =>
        Math.Min(center + radius, side - 1) - Math.Max(center - radius, 0) + 1;
}
