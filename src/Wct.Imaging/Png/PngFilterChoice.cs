using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wct.Imaging.Png;

/// <summary>Filters each row with the filter type that is likely to compress best.</summary>
/// <remarks>
/// Uses the minimum sum of absolute differences (section 12.7): tries all five types, and keeps the one with the smallest sum of the
/// absolute values of its bytes, taken as signed.
/// </remarks>
internal sealed class PngFilterChoice(int length, int distance)
{
    /// <summary>Sixteen bytes of 255, then sixteen of 0. A vector that is loaded at 16 - n is a mask for the first n bytes.</summary>
    private static ReadOnlySpan<byte> KeepFirst =>
        [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private PngRow _best = new(length), _candidate = new(length);

    /// <summary>Filters a row with the type that costs least.</summary>
    /// <param name="row">The row.</param>
    /// <param name="prior">The row above; zeros above the first row.</param>
    /// <param name="filter">Receives the type chosen.</param>
    /// <returns>The filtered bytes, valid until the next call.</returns>
    internal ReadOnlySpan<byte> Apply(PngRow row, PngRow prior, out PngFilter filter)
    {
        Debug.Assert(row.Padded.Length == length + 2 * PngRow.Margin && distance is >= 1 and <= 8);
        filter = PngFilter.None;
        long lowest = Filter<NonePredictor>(row, prior, _best);
        Try<SubPredictor>(PngFilter.Sub, row, prior, ref filter, ref lowest);
        Try<UpPredictor>(PngFilter.Up, row, prior, ref filter, ref lowest);
        Try<AveragePredictor>(PngFilter.Average, row, prior, ref filter, ref lowest);
        Try<PaethPredictor>(PngFilter.Paeth, row, prior, ref filter, ref lowest);
        return _best.Bytes;
    }

    private void Try<TPredictor>(PngFilter type, PngRow row, PngRow prior, ref PngFilter filter, ref long lowest)
        where TPredictor : struct, IPngPredictor
    {
        long cost = Filter<TPredictor>(row, prior, _candidate);
        if (cost >= lowest)
            return;
        (filter, lowest) = (type, cost);
        (_best, _candidate) = (_candidate, _best);
    }

    /// <summary>Filters the row and returns its cost: the sum of the absolute values of the filtered bytes, taken as signed.</summary>
    private long Filter<TPredictor>(PngRow row, PngRow prior, PngRow filtered)
        where TPredictor : struct, IPngPredictor
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(row.Padded);
        ref byte above = ref MemoryMarshal.GetArrayDataReference(prior.Padded);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(filtered.Padded);
        ref byte keep = ref MemoryMarshal.GetReference(KeepFirst);
        long cost = 0;
        Vector128<uint> costs = Vector128<uint>.Zero;
        int end = PngRow.Margin + length;
        for (int i = PngRow.Margin; i < end; i += Vector128<byte>.Count)
        {
            (nuint here, nuint left) = ((nuint)i, (nuint)(i - distance));
            Vector128<byte> difference = Vector128.LoadUnsafe(ref source, here) - TPredictor.Predict(
                Vector128.LoadUnsafe(ref source, left), Vector128.LoadUnsafe(ref above, here), Vector128.LoadUnsafe(ref above, left));
            difference.StoreUnsafe(ref target, here);
            if (end - i < Vector128<byte>.Count)
                difference &= Vector128.LoadUnsafe(ref keep, (nuint)(Vector128<byte>.Count - (end - i)));

            // The smaller of a byte and its negative, both unsigned, is the absolute value of the signed byte; it is at most 128.
            Vector128<byte> size = Vector128.Min(difference, Vector128<byte>.Zero - difference);
            Vector128<ushort> pairs = Vector128.WidenLower(size) + Vector128.WidenUpper(size);
            costs += Vector128.WidenLower(pairs) + Vector128.WidenUpper(pairs);
        }

        for (int lane = 0; lane < Vector128<uint>.Count; lane++)
            cost += costs[lane];
        return cost;
    }
}
