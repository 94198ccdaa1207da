using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wct.Net.Photo;

/// <summary>Filters some rows of a band on one thread. The memory that it takes doesn't depend on the radius.</summary>
/// <remarks>The sums over the models of the windows that contain a pixel are updated from row to row. The models that leave are computed a
/// second time, because storing them would take 64 bytes for each pixel of 2·radius + 1 rows.</remarks>
internal sealed class PhotoRows : IDisposable
{
    private readonly PhotoWindows _windows;
    private readonly double _detail;
    private readonly PhotoBand _band;
    private readonly GuideRows _guide;
    private readonly LinearModels _entering, _leaving;

    // Sums of slopes and offsets.
    private readonly WindowColumns _models;

    internal PhotoRows(PhotoWindows windows, double detail, in PhotoBand band)
    {
        (_windows, _detail, _band) = (windows, detail, band);
        _guide = new GuideRows(windows, band);
        _entering = new LinearModels(windows, _guide);
        _leaving = new LinearModels(windows, _guide);
        _models = new WindowColumns(windows);
    }

    public void Dispose()
    {
        _guide.Dispose();
        _entering.Dispose();
        _leaving.Dispose();
        _models.Dispose();
    }

    /// <summary>Writes the rows from <paramref name="first"/> to <paramref name="end"/> - 1 of the picture.</summary>
    internal void Filter(int first, int end)
    {
        int radius = _windows.RowRadius, oldest = Math.Max(0, first - radius);
        _entering.MoveTo(oldest);
        _leaving.MoveTo(_entering);
        for (int y = oldest; y < Math.Min(first + radius, _windows.Height); y++)
            _entering.AddNext(1, _models);
        for (int y = first; y < end; y++)
        {
            if (y + radius < _windows.Height)
                _entering.AddNext(1, _models);
            if (y - radius - 1 >= oldest)
                _leaving.AddNext(-1, _models);
            int at = checked((y - _band.First) * _band.ResultStride);
            Span<float> result = _band.Result.Span[at..];
            Write(
                _guide.Load(y), _windows.InverseRows(y), result[.._windows.Width], result.Slice(_band.ResultPlane, _windows.Width),
                result.Slice(2 * _band.ResultPlane, _windows.Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(ReadOnlySpan<Vector128<float>> guide, double inverseRows, Span<float> red, Span<float> green, Span<float> blue)
    {
        int step = _models.Step;
        ReadOnlySpan<Vector256<double>> slopes = _models.First, offsets = _models.Second;
        ReadOnlySpan<double> inverseColumns = _windows.InverseColumns;
        Vector256<double> slope = _models.BeforeFirst(slopes), offset = _models.BeforeFirst(offsets);
        for (int x = 0; x < guide.Length; x++)
        {
            slope += slopes[x + step] - slopes[x];
            offset += offsets[x + step] - offsets[x];
            double luminance = guide[x].ToScalar();
            // Filtered by the mean of the models: luminance, red, green and blue.
            Vector256<double> filtered = (slope * luminance + offset) * (inverseRows * inverseColumns[x]);
            double detail = _detail * (luminance - filtered.ToScalar());
            Vector256<double> color = Vector256.Clamp(filtered + Vector256.Create(detail), Vector256<double>.Zero, Vector256<double>.One);
            red[x] = (float)color.GetElement(1);
            green[x] = (float)color.GetElement(2);
            blue[x] = (float)color.GetElement(3);
        }
    }
}
