using System.Runtime.Intrinsics;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The filter that doubles a direction: each new sample is 3/4 of the nearer and 1/4 of the farther old one.</summary>
/// <remarks>Sums are kept unrounded between the directions. Results are those of <c>TriangleFilter.Reference.cs</c>.</remarks>
internal static partial class TriangleFilter
{
    /// <summary>Copies samples to sums.</summary>
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

    /// <summary>Sums of 3 times the nearer and once the farther row: 4 times the sample between them.</summary>
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

    /// <summary>Turns sums of two rows into samples: (sum + bias) / 4.</summary>
    /// <param name="sums">[n], 0 to 1020.</param>
    /// <param name="samples">[n].</param>
    /// <param name="bias">Rounding.</param>
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

    /// <summary>Doubles a row: left and right of each old sample lies a new one, 3 times it and once its neighbor on that side.</summary>
    /// <param name="sums">[n], at least 1; samples, or sums of columns. Beyond the edges the outermost one repeats.</param>
    /// <param name="samples">[2n].</param>
    /// <param name="leftBias">Rounding of left samples.</param>
    /// <param name="rightBias">Rounding of right samples.</param>
    /// <param name="shift">Bits to drop.</param>
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
            // Both fit into a byte: the odd sample into the upper half of each lane, which follows the lower half in memory.
            (even | (odd << 8)).AsByte().CopyTo(samples[(2 * x)..]);
        }

        DoubleWidthReference(sums, samples, leftBias, rightBias, shift, 0, 1);
        DoubleWidthReference(sums, samples, leftBias, rightBias, shift, x, sums.Length);
    }
}
