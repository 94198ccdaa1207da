using System.Diagnostics;
using Wct.Net.Colors;

namespace Wct.Net.Photo;

/// <summary>Makes a stylized picture follow the edges of its content, and adds the content's fine detail.</summary>
/// <remarks>
/// <para>
/// A guided filter smooths each channel of the stylized picture, guided by the content's luminance I. In a window it models the channel as
/// p = slope·I + offset, by least squares with a penalty ε·slope². A pixel's result is the mean over all windows that contain it. The
/// content's detail layer, I minus I filtered by itself, is added to each channel: result = clamp(q + Detail·(I - filtered I)).
/// </para>
/// <para>
/// He, Sun and Tang, "Guided Image Filtering", 2013, equations 5, 6 and 8. Windows are clipped at the picture's borders. All sums over
/// windows are exact (<see cref="WindowPrecision"/>), so a pixel's result doesn't depend on the band that it is in, nor on threads.
/// </para>
/// </remarks>
internal sealed class PhotoFilter
{
    // A task first sums up the rows around its first row. With this many rows, that is less than a fifth of its work.
    private const int LeastRowsPerTask = 64, TaskRowsPerRadius = 6;

    // Above this, the rows around a band would take too much memory.
    private const int MostDefaultRadius = 200;

    private readonly PhotoWindows _windows;
    private readonly double _detail;

    /// <summary>Creates the filter for one size of pictures.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    internal PhotoFilter(PhotoOptions options, int width, int height)
    {
        _windows = new PhotoWindows(width, height, options.Radius ?? DefaultRadius(width, height), options.Epsilon);
        _detail = options.Detail;
    }

    /// <summary>Rows above and below a band that influence the band: twice the radius, or less if the picture has fewer rows.</summary>
    internal int Reach => 2 * _windows.RowRadius;

    /// <summary>Rows that are worth a task of their own. A band should have as many for each thread.</summary>
    internal int RowsPerTask => Math.Max(LeastRowsPerTask, TaskRowsPerRadius * _windows.RowRadius);

    /// <summary>Bytes that <see cref="Run"/> allocates for each thread.</summary>
    internal long ScratchBytesPerThread => GuideRows.Bytes(_windows) + 3 * WindowColumns.Bytes(_windows);

    /// <summary>The radius if the options have none.</summary>
    internal static int DefaultRadius(int width, int height) => Math.Clamp(Math.Min(width, height) / 25, 4, MostDefaultRadius);

    /// <summary>The rows of the content and of the stylized picture that a band of the result needs.</summary>
    internal (int First, int Count) Inputs(int first, int count)
    {
        int start = Math.Max(0, first - Reach), end = (int)Math.Min(_windows.Height, (long)first + count + Reach);
        return (start, end - start);
    }

    /// <summary>Filters a band.</summary>
    /// <param name="band">Its inputs have at least the rows of <see cref="Inputs"/>.</param>
    /// <param name="runOnHost">Runs independent tasks, perhaps in parallel, such as <see cref="Kernels.Backend.RunOnHost"/>.</param>
    internal void Run(PhotoBand band, Action<int, Action<int>> runOnHost)
    {
        Debug.Assert(band.First >= 0 && band.First + band.Count <= _windows.Height, "The band lies outside the picture.");
        Debug.Assert(Holds(band), "Rows above or below the band are missing.");
        int tasks = Math.Max(1, band.Count / RowsPerTask);
        runOnHost(tasks, task =>
        {
            int first = (int)((long)band.Count * task / tasks), end = (int)((long)band.Count * (task + 1) / tasks);
            using PhotoRows rows = new(_windows, _detail, band);
            rows.Filter(band.First + first, band.First + end);
        });
    }

    private bool Holds(in PhotoBand band)
    {
        (int first, int count) = Inputs(band.First, band.Count);
        return band.FirstInput <= first && band.FirstInput + band.Content.Length / (RgbRow.Channels * _windows.Width) >= first + count;
    }
}
