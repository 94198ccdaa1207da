using System.Numerics;
using System.Runtime.CompilerServices;

namespace Wct.Net.Colors;

/// <summary>Loads and stores vectors along a row of any length, so that loops need no second version for the row's end.</summary>
/// <remarks>Loops that use only operations that are exact or rounded lane by lane give the same bits for any vector width.</remarks>
internal static class Lanes
{
    /// <summary>Loads the elements from <paramref name="x"/> on. Lanes beyond the row's end are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Load(ReadOnlySpan<float> row, int x) =>
        row.Length - x >= Vector<float>.Count ? new Vector<float>(row[x..]) : LoadEnd(row[x..]);

    /// <summary>Stores the elements from <paramref name="x"/> on. Lanes beyond the row's end are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector<float> values, Span<float> row, int x)
    {
        if (row.Length - x >= Vector<float>.Count)
            values.CopyTo(row[x..]);
        else
            StoreEnd(values, row[x..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<float> LoadEnd(ReadOnlySpan<float> end)
    {
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        lanes.Clear();
        end.CopyTo(lanes);
        return new Vector<float>(lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreEnd(Vector<float> values, Span<float> end)
    {
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        values.CopyTo(lanes);
        lanes[..end.Length].CopyTo(end);
    }
}
