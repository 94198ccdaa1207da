namespace Wct.Training.Optimization;

/// <summary>A line search that finds a step length with the strong Wolfe conditions: the value falls enough, and the slope is less steep
/// than at the start.</summary>
/// <remarks>Nocedal and Wright, "Numerical Optimization", 2006: algorithms 3.5 and 3.6 with the cubic interpolation of equation
/// 3.59.</remarks>
/// <param name="value">The value at length 0.</param>
/// <param name="slope">The slope at length 0, below 0.</param>
/// <param name="evaluate">Returns value and slope at a length.</param>
internal sealed class StrongWolfeSearch(double value, double slope, Func<double, (double Value, double Slope)> evaluate)
{
    // c1 and c2, as recommended for quasi-Newton methods.
    private const double Decrease = 1e-4, Curvature = 0.9;

    private const int MostEvaluations = 20;

    // An interpolated length keeps this share of the interval away from its ends, so that the interval shrinks.
    private const double Margin = 0.1;

    // Bounds of the growth of the length while the value falls.
    private const double LeastGrowth = 1.1, MostGrowth = 10;

    private int _evaluations;
    private double _last;

    /// <summary>Searches.</summary>
    /// <param name="length">The first length to try, above 0.</param>
    /// <returns>A length with a lower value, which was evaluated last. 0 if none was found.</returns>
    internal double Run(double length)
    {
        Point before = new(0, value, slope);
        while (true)
        {
            Point now = Evaluate(length);
            if (!Falls(now) || now.Value >= before.Value)
                return Zoom(before, now);
            if (IsFlat(now) || _evaluations == MostEvaluations)
                return now.Length;
            if (now.Slope >= 0)
                return Zoom(now, before);
            // The value still falls steeply, so the search goes on further out.
            double minimum = Cubic(before, now), farthest = MostGrowth * now.Length;
            length = minimum > now.Length ? Math.Clamp(minimum, LeastGrowth * now.Length, farthest) : farthest;
            before = now;
        }
    }

    // Invariants: the interval has lengths with both conditions; 'low' has the lowest value of all lengths that satisfy the first one; and
    // the slope at 'low' points to 'high'.
    private double Zoom(Point low, Point high)
    {
        while (_evaluations < MostEvaluations)
        {
            double left = Math.Min(low.Length, high.Length), width = Math.Abs(high.Length - low.Length), minimum = Cubic(low, high);
            double length = double.IsFinite(minimum) ? Math.Clamp(minimum, left + Margin * width, left + (1 - Margin) * width)
                : left + width / 2;
            // Both ends are equal up to rounding, so nothing lies between them.
            if (length == low.Length || length == high.Length)
                break;
            Point now = Evaluate(length);
            if (!Falls(now) || now.Value >= low.Value)
            {
                high = now;
                continue;
            }

            if (IsFlat(now))
                return now.Length;
            if (now.Slope * (high.Length - low.Length) >= 0)
                high = low;
            low = now;
        }

        if (low.Length != 0 && low.Length != _last)
            Evaluate(low.Length);
        return low.Length;
    }

    private bool Falls(Point point) => point.Value <= value + Decrease * point.Length * slope;

    private bool IsFlat(Point point) => Math.Abs(point.Slope) <= -Curvature * slope;

    private Point Evaluate(double length)
    {
        _evaluations++;
        _last = length;
        (double value, double slope) = evaluate(length);
        // A picture so far off that the loss overflows is treated as a high wall.
        return double.IsFinite(value) && double.IsFinite(slope)
            ? new Point(length, value, slope) : new Point(length, double.PositiveInfinity, double.PositiveInfinity);
    }

    // The minimum of the cubic through both values and slopes; not finite if it has none.
    private static double Cubic(Point a, Point b)
    {
        double first = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Length - b.Length);
        double second = Math.Sign(b.Length - a.Length) * Math.Sqrt(first * first - a.Slope * b.Slope);
        return b.Length - (b.Length - a.Length) * (b.Slope + second - first) / (b.Slope - a.Slope + 2 * second);
    }

    private readonly record struct Point(double Length, double Value, double Slope);
}
