using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wct.Net.Photo;

/// <summary>Fits the linear models p = slope·I + offset of the windows around each pixel, row after row. p stands for I itself and for the
/// three channels.</summary>
/// <remarks>He et al. 2013, equations 5 and 6: slope = covariance(I, p) / (variance(I) + ε), offset = mean(p) - slope·mean(I).</remarks>
internal sealed class LinearModels(PhotoWindows windows, GuideRows guide) : IDisposable
{
    // Sums of (I, red, green, blue), and of the same times I.
    private readonly WindowColumns _columns = new(windows);

    // The row whose models come next. The sums have the rows of the windows around the row before, from the oldest one on.
    private int _next, _oldest;

    public void Dispose() => _columns.Dispose();

    /// <summary>Prepares for the models around a row.</summary>
    internal void MoveTo(int row)
    {
        (_next, _oldest) = (row, Math.Max(0, row - windows.RowRadius));
        _columns.Clear();
        for (int y = _oldest; y < Math.Min(row + windows.RowRadius, windows.Height); y++)
            Update(guide.Load(y), guide.Zeros);
    }

    /// <summary>Continues at the row of another object that is about to start.</summary>
    internal void MoveTo(LinearModels other)
    {
        (_next, _oldest) = (other._next, other._oldest);
        _columns.CopyFrom(other._columns);
    }

    /// <summary>Adds the models around the next row, times a sign, to sums of slopes and offsets.</summary>
    internal void AddNext(double sign, WindowColumns models)
    {
        int entering = _next + windows.RowRadius, leaving = _next - windows.RowRadius - 1;
        Update(
            entering < windows.Height ? guide.Load(entering) : guide.Zeros, leaving >= _oldest ? guide.Load(leaving) : guide.Zeros);
        Fit(windows.InverseRows(_next), sign, models);
        _next++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(ReadOnlySpan<Vector128<float>> entering, ReadOnlySpan<Vector128<float>> leaving)
    {
        int width = entering.Length;
        Span<Vector256<double>> sums = _columns.First.Slice(_columns.Start, width), products = _columns.Second.Slice(_columns.Start, width);
        leaving = leaving[..width];
        for (int x = 0; x < entering.Length; x++)
        {
            Vector256<double> enters = Widen(entering[x]), leaves = Widen(leaving[x]);
            sums[x] += enters - leaves;
            products[x] += enters * Vector256.Create(enters.ToScalar()) - leaves * Vector256.Create(leaves.ToScalar());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fit(double inverseRows, double sign, WindowColumns models)
    {
        int step = _columns.Step, start = models.Start;
        ReadOnlySpan<Vector256<double>> sums = _columns.First, products = _columns.Second;
        ReadOnlySpan<double> inverseColumns = windows.InverseColumns;
        Span<Vector256<double>> slopes = models.First.Slice(start, inverseColumns.Length);
        Span<Vector256<double>> offsets = models.Second.Slice(start, inverseColumns.Length);
        Vector256<double> sum = _columns.BeforeFirst(sums), product = _columns.BeforeFirst(products);
        Vector256<double> rounding = Vector256.Create(windows.CoefficientRounding), signs = Vector256.Create(sign);
        double epsilon = windows.Epsilon;
        for (int x = 0; x < inverseColumns.Length; x++)
        {
            sum += sums[x + step] - sums[x];
            product += products[x + step] - products[x];
            Vector256<double> inverse = Vector256.Create(inverseRows * inverseColumns[x]);
            Vector256<double> mean = sum * inverse, guideMean = Vector256.Create(mean.ToScalar());
            Vector256<double> covariance = product * inverse - mean * guideMean;
            // Rounding errors may make a variance of zero negative.
            double variance = Math.Max(covariance.ToScalar(), 0);
            Vector256<double> slope = covariance * Vector256.Create(1 / (variance + epsilon)) + rounding - rounding;
            Vector256<double> offset = mean - slope * guideMean + rounding - rounding;
            slopes[x] += slope * signs;
            offsets[x] += offset * signs;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(Vector128<float> singles) => Vector256.WidenLower(singles.ToVector256Unsafe());
}
