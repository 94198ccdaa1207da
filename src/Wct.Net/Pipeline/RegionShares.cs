using System.Buffers;
using System.Numerics;
using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>The share that each region's style has in each feature pixel of a level. Where masks add up to more than 1, they are scaled to
/// 1.</summary>
/// <param name="masks">The regions' masks; null for the whole picture.</param>
/// <param name="factor">Pixels of the picture per feature pixel, in each direction.</param>
internal sealed class RegionShares(IReadOnlyList<PixelShares?> masks, int factor)
{
    /// <summary>Feature pixels whose shares are on the host at a time.</summary>
    internal const int StripPixels = 1 << 18;

    // Pixels of the picture per task of the backend's threads.
    private const int TaskPixels = 1 << 15;

    /// <summary>Whether there is one region, which is the whole picture.</summary>
    internal bool IsWhole => masks.Count == 1 && masks[0] is null;

    /// <summary>Computes the shares of some pixels.</summary>
    /// <param name="backend">The backend that receives the shares, and whose threads compute them.</param>
    /// <param name="area">The area in feature pixels.</param>
    /// <param name="parts">A region and a factor for its share, per part.</param>
    /// <returns>The share that no part has, then the share of each part.</returns>
    internal ShareMaps Of(Backend backend, Area area, IReadOnlyList<(int Region, double Share)> parts)
    {
        ShareMaps maps = new(backend, area, parts.Count + 1);
        int columns = area.Columns.Length, rows = Math.Clamp(StripPixels / columns, 1, area.Rows.Length);
        float[][] strip = [];
        try
        {
            strip = [.. Enumerable.Range(0, parts.Count + 1).Select(_ => ArrayPool<float>.Shared.Rent(rows * columns))];
            for (int first = 0; first < area.Rows.Length; first += rows)
            {
                Interval own = new(area.Rows.First + first, Math.Min(area.Rows.First + first + rows, area.Rows.End));
                Compute(backend, area with { Rows = own }, parts, strip);
                maps.Write(first, own.Length, strip);
            }

            return maps;
        }
        catch
        {
            maps.Dispose();
            throw;
        }
        finally
        {
            Array.ForEach(strip, array => ArrayPool<float>.Shared.Return(array));
        }
    }

    private void Compute(Backend backend, Area area, IReadOnlyList<(int Region, double Share)> parts, float[][] shares)
    {
        int columns = area.Columns.Length, rows = Math.Max(1, TaskPixels / (columns * factor * factor));
        backend.RunOnHost((area.Rows.Length + rows - 1) / rows, task =>
        {
            int first = task * rows, count = Math.Min(rows, area.Rows.Length - first);
            Interval own = new(area.Rows.First + first, area.Rows.First + first + count);
            ComputeRows(area with { Rows = own }, parts, index => shares[index].AsSpan(first * columns, count * columns));
        });
    }

    private void ComputeRows(Area area, IReadOnlyList<(int Region, double Share)> parts, Func<int, Span<float>> shares)
    {
        int pixels = checked((int)area.Pixels);
        // [masks, pixels], then the sum of all masks.
        float[] rented = ArrayPool<float>.Shared.Rent((masks.Count + 1) * pixels);
        Span<float> totals = rented.AsSpan(masks.Count * pixels, pixels), rest = shares(0);
        totals.Clear();
        for (int i = 0; i < masks.Count; i++)
        {
            Span<float> own = rented.AsSpan(i * pixels, pixels);
            if (masks[i] is not { } mask)
                own.Fill(1);
            else if (!mask.Weigh(area, factor, own))
                continue;
            Add(totals, own);
        }

        rest.Fill(1);
        for (int i = 0; i < parts.Count; i++)
            Divide(rented.AsSpan(parts[i].Region * pixels, pixels), totals, (float)parts[i].Share, shares(i + 1), rest);
        ArrayPool<float>.Shared.Return(rented);
    }

    // part = share·own / max(1, total), which is taken from the rest.
    private static void Divide(ReadOnlySpan<float> own, ReadOnlySpan<float> totals, float share, Span<float> part, Span<float> rest)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= part.Length; i += Vector<float>.Count)
        {
            Vector<float> value = new Vector<float>(share) * new Vector<float>(own[i..])
                / Vector.Max(Vector<float>.One, new Vector<float>(totals[i..]));
            value.CopyTo(part[i..]);
            (new Vector<float>(rest[i..]) - value).CopyTo(rest[i..]);
        }

        for (; i < part.Length; i++)
        {
            part[i] = share * own[i] / Math.Max(1, totals[i]);
            rest[i] -= part[i];
        }
    }

    private static void Add(Span<float> values, ReadOnlySpan<float> added)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
            (new Vector<float>(values[i..]) + new Vector<float>(added[i..])).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] += added[i];
    }
}
