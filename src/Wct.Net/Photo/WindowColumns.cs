using System.Buffers;
using System.Runtime.Intrinsics;

namespace Wct.Net.Photo;

/// <summary>Two sums for each column of a picture, over the rows of the windows around one row. A window's sum is the sum over its
/// columns.</summary>
internal sealed class WindowColumns : IDisposable
{
    private readonly Vector256<double>[] _first, _second;
    private readonly int _length;

    internal WindowColumns(PhotoWindows windows)
    {
        _length = Length(windows);
        Step = Columns(windows);
        _first = ArrayPool<Vector256<double>>.Shared.Rent(_length);
        _second = ArrayPool<Vector256<double>>.Shared.Rent(_length);
        Clear();
    }

    /// <summary>Columns of a window. The window around pixel x has the elements x + 1 to x + Step of the sums.</summary>
    internal int Step { get; }

    /// <summary>[width + 2·radius + 1], column x at x + radius + 1. The elements beyond the picture's borders stay zero.</summary>
    internal Span<Vector256<double>> First => _first.AsSpan(0, _length);

    /// <summary>The other sum, with the same layout.</summary>
    internal Span<Vector256<double>> Second => _second.AsSpan(0, _length);

    /// <summary>The position of column 0.</summary>
    internal int Start => Step / 2 + 1;

    /// <summary>Bytes that are allocated.</summary>
    internal static long Bytes(PhotoWindows windows) => 2L * Length(windows) * Vector256<byte>.Count;

    public void Dispose()
    {
        ArrayPool<Vector256<double>>.Shared.Return(_first);
        ArrayPool<Vector256<double>>.Shared.Return(_second);
    }

    internal void Clear()
    {
        First.Clear();
        Second.Clear();
    }

    internal void CopyFrom(WindowColumns other)
    {
        other.First.CopyTo(First);
        other.Second.CopyTo(Second);
    }

    /// <summary>The sum over the window to the left of the one around pixel 0.</summary>
    internal Vector256<double> BeforeFirst(ReadOnlySpan<Vector256<double>> sums)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        foreach (Vector256<double> column in sums[Start..Step])
            sum += column;
        return sum;
    }

    private static int Columns(PhotoWindows windows) => 2 * windows.ColumnRadius + 1;

    private static int Length(PhotoWindows windows) => checked(windows.Width + Columns(windows));
}
