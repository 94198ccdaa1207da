using System.Buffers;
using System.Numerics;
using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Transparency;

/// <summary>The share that each pixel of a picture has in statistics: that of a mask, and none for hidden pixels.</summary>
internal sealed class PixelShares
{
    // Pixels of the picture per task of the threads.
    private const int TaskPixels = 1 << 15;

    private const int Full = byte.MaxValue;

    private readonly Visibility? _visibility;
    private readonly StyleMask? _mask;
    private readonly int _width, _height;

    private PixelShares(Visibility? visibility, StyleMask? mask)
    {
        (_visibility, _mask) = (visibility, mask);
        (_width, _height) = (mask?.Width ?? visibility!.Width, mask?.Height ?? visibility!.Height);
    }

    /// <summary>Whether the shares are those of a mask.</summary>
    internal bool HasMask => _mask is not null;

    /// <summary>Combines a mask with the visible pixels; null if all shares are 1.</summary>
    /// <param name="visibility">Which pixels are visible; null if all are.</param>
    /// <param name="mask">The mask, of the same size; null for none.</param>
    internal static PixelShares? Of(Visibility? visibility, StyleMask? mask)
    {
        if (mask?.IsFull == true)
            mask = null;
        return visibility is null && mask is null ? null : new PixelShares(visibility, mask);
    }

    /// <summary>Computes the share of feature pixels: the mean over the square of picture pixels that each one covers.</summary>
    /// <remarks>Beyond the picture's right and bottom borders, shares are reflected, as colors are.</remarks>
    /// <param name="area">The area in feature pixels.</param>
    /// <param name="factor">Pixels of the picture per feature pixel, in each direction: 1, 2, 4, 8 or 16.</param>
    /// <param name="weights">[rows, columns] of the area, 0 to 1.</param>
    /// <returns>Whether any weight is above 0.</returns>
    internal bool Weigh(Area area, int factor, Span<float> weights)
    {
        int columns = area.Columns.Length, pixels = columns * factor;
        int[] rented = ArrayPool<int>.Shared.Rent(pixels);
        Span<int> sums = rented.AsSpan(0, pixels);
        bool any = false;
        for (int i = 0; i < area.Rows.Length; i++)
        {
            sums.Clear();
            for (int y = (area.Rows.First + i) * factor; y < (area.Rows.First + i + 1) * factor; y++)
                AddRow(Reflection.Index(y, _height), area.Columns.First * factor, sums);
            any |= Average(sums, factor, weights.Slice(i * columns, columns));
        }

        ArrayPool<int>.Shared.Return(rented);
        return any;
    }

    /// <summary>As <see cref="Weigh(Area, int, Span{float})"/>, with the backend's threads.</summary>
    internal bool Weigh(Backend backend, Area area, int factor, Memory<float> weights)
    {
        int columns = area.Columns.Length, rows = Math.Max(1, TaskPixels / (columns * factor * factor));
        int any = 0;
        backend.RunOnHost((area.Rows.Length + rows - 1) / rows, task =>
        {
            int first = task * rows, count = Math.Min(rows, area.Rows.Length - first);
            Interval strip = new(area.Rows.First + first, area.Rows.First + first + count);
            if (Weigh(area with { Rows = strip }, factor, weights.Span.Slice(first * columns, count * columns)))
                Volatile.Write(ref any, 1);
        });
        return any != 0;
    }

    // Adds the columns that each feature pixel covers, and divides by the largest possible sum. Whether any is above 0.
    private static bool Average(ReadOnlySpan<int> sums, int factor, Span<float> row)
    {
        float whole = (float)Full * factor * factor;
        int j = 0;
        if (factor == 1)
        {
            for (; j + Vector<float>.Count <= row.Length; j += Vector<float>.Count)
                (Vector.ConvertToSingle(new Vector<int>(sums[j..])) / new Vector<float>(whole)).CopyTo(row[j..]);
        }

        for (; j < row.Length; j++)
        {
            int sum = 0;
            foreach (int share in sums.Slice(j * factor, factor))
                sum += share;
            row[j] = sum / whole;
        }

        return sums.ContainsAnyExcept(0);
    }

    // Adds the shares of a row's pixels, from column 'first' on.
    private void AddRow(int y, int first, Span<int> sums)
    {
        bool anyHidden = _visibility?.AnyHidden(y, 1) == true;
        int inside = Math.Clamp(_width - first, 0, sums.Length);
        if (anyHidden)
            inside = 0;
        else if (_mask is null)
            Add(Full, sums[..inside]);
        else if (inside > 0)
            Add(_mask.Shares.Slice(y * _width + first, inside), sums);
        for (int j = inside; j < sums.Length; j++)
        {
            int x = Reflection.Index(first + j, _width);
            if (!anyHidden || !_visibility!.IsHidden(y, x))
                sums[j] += _mask is null ? Full : _mask.Shares[y * _width + x];
        }
    }

    private static void Add(int share, Span<int> sums)
    {
        foreach (ref int sum in sums)
            sum += share;
    }

    private static void Add(ReadOnlySpan<byte> shares, Span<int> sums)
    {
        int i = 0;
        for (; i + Vector<byte>.Count <= shares.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(shares[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            AddTo(first, sums[i..]);
            AddTo(second, sums[(i + Vector<int>.Count)..]);
            AddTo(third, sums[(i + 2 * Vector<int>.Count)..]);
            AddTo(fourth, sums[(i + 3 * Vector<int>.Count)..]);
        }

        for (; i < shares.Length; i++)
            sums[i] += shares[i];
    }

    private static void AddTo(Vector<uint> values, Span<int> sums) =>
        (new Vector<int>(sums) + Vector.AsVectorInt32(values)).CopyTo(sums);
}
