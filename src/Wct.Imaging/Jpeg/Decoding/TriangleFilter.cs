using System.Runtime.Intrinsics;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The filter that doubles the resolution in a direction. Each new sample is 3/4 of the nearer and 1/4 of the farther old
/// sample.</summary>
/// <remarks>Sums are not rounded between the directions. Results are the same as those of <c>TriangleFilter.Reference.cs</c>.</remarks>
internal static partial class TriangleFilter
{
    /// <summary>Widens samples to sums.</summary>
    /// <param name="samples">[n].</param>
    /// <param name="sums">[n].</param>
    internal static void Widen(ReadOnlySpan<byte> samples, Span<ushort> sums)
    {
        int x = 0;
        for (; x <= samples.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Create(samples[x..]));
            lower.CopyTo(sums[x..]);
            upper.CopyTo(sums[(x + 8)..]);
        }

        WidenReference(samples[x..], sums[x..]);
    }

    /// <summary>Computes 3 · near + far, which is 4 times the sample between the two rows.</summary>
    /// <param name="near">[n].</param>
    /// <param name="far">[n].</param>
    /// <param name="sums">[n], 0 to 1020.</param>
    internal static void Columns(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums)
    {
        int x = 0;
        for (; x <= near.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            (Vector128<ushort> nearLower, Vector128<ushort> nearUpper) = Vector128.Widen(Vector128.Create(near[x..]));
            (Vector128<ushort> farLower, Vector128<ushort> farUpper) = Vector128.Widen(Vector128.Create(far[x..]));
            (nearLower + nearLower + nearLower + farLower).CopyTo(sums[x..]);
            (nearUpper + nearUpper + nearUpper + farUpper).CopyTo(sums[(x + 8)..]);
        }

        ColumnsReference(near[x..], far[x..], sums[x..]);
    }

    /// <summary>Converts sums of two rows to samples: (sum + bias) / 4.</summary>
    /// <param name="sums">[n], 0 to 1020.</param>
    /// <param name="samples">[n].</param>
    /// <param name="bias">Added for rounding.</param>
    internal static void Quarter(ReadOnlySpan<ushort> sums, Span<byte> samples, int bias)
    {
        Vector128<ushort> rounding = Vector128.Create((ushort)bias);
        int x = 0;
        for (; x <= sums.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            Vector128<ushort> lower = (Vector128.Create(sums[x..]) + rounding) >>> 2;
            Vector128<ushort> upper = (Vector128.Create(sums[(x + 8)..]) + rounding) >>> 2;
            Vector128.Narrow(lower, upper).CopyTo(samples[x..]);
        }

        QuarterReference(sums[x..], samples[x..], bias);
    }

    /// <summary>Doubles the width of a row. Each old sample gives two new ones: 3 times the sample plus its left neighbor, and 3 times the
    /// sample plus its right neighbor.</summary>
    /// <param name="sums">[n], at least 1: samples, or sums of two rows. Beyond the edges the outermost one is repeated.</param>
    /// <param name="samples">[2n].</param>
    /// <param name="leftBias">Added to left samples for rounding.</param>
    /// <param name="rightBias">Added to right samples for rounding.</param>
    /// <param name="shift">Number of bits by which results are shifted right.</param>
    internal static void DoubleWidth(ReadOnlySpan<ushort> sums, Span<byte> samples, int leftBias, int rightBias, int shift)
    {
        Vector256<ushort> left = Vector256.Create((ushort)leftBias), right = Vector256.Create((ushort)rightBias);
        int x = 1;
        for (; x < sums.Length - Vector256<ushort>.Count; x += Vector256<ushort>.Count)
        {
            Vector256<ushort> sum = Vector256.Create(sums[x..]);
            Vector256<ushort> triple = sum + sum + sum;
            Vector256<ushort> even = (triple + Vector256.Create(sums[(x - 1)..]) + left) >>> shift;
            Vector256<ushort> odd = (triple + Vector256.Create(sums[(x + 1)..]) + right) >>> shift;
            // Both fit into a byte. The odd sample goes into the upper half of each lane, which follows the lower half in memory.
            (even | (odd << 8)).AsByte().CopyTo(samples[(2 * x)..]);
        }

        DoubleWidthReference(sums, samples, leftBias, rightBias, shift, 0, 1);
        DoubleWidthReference(sums, samples, leftBias, rightBias, shift, x, sums.Length);
    }
}
