using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static Wct.Imaging.Jpeg.DctConstants;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Dequantizes a block and transforms it to samples. It transforms all eight columns at once, then all eight rows at
/// once.</summary>
/// <remarks>Results are the same as those of <see cref="Reference"/> for any input, even if sums overflow.</remarks>
internal static partial class InverseDct
{
    /// <summary>Transforms a block.</summary>
    /// <param name="coefficients">[64], row-major, quantized.</param>
    /// <param name="quantization">[64], row-major.</param>
    /// <param name="samples">Receives 8 rows of 8 samples.</param>
    /// <param name="stride">Bytes from one row of samples to the next.</param>
    internal static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        ref short source = ref MemoryMarshal.GetReference(coefficients[..64]);
        ref short factors = ref MemoryMarshal.GetReference(quantization[..64]);
        Vector256<int> r0, r1, r2, r3, r4, r5, r6, r7;
        if (HasOneRow(ref source))
        {
            // The column pass would make every row 4 times the first row. After transposing, each row has one value.
            Vector128<short> first = (Vector128.LoadUnsafe(ref source) * Vector128.LoadUnsafe(ref factors)) << ExtraBits;
            (r0, r1) = (Vector256.Create((int)first.GetElement(0)), Vector256.Create((int)first.GetElement(1)));
            (r2, r3) = (Vector256.Create((int)first.GetElement(2)), Vector256.Create((int)first.GetElement(3)));
            (r4, r5) = (Vector256.Create((int)first.GetElement(4)), Vector256.Create((int)first.GetElement(5)));
            (r6, r7) = (Vector256.Create((int)first.GetElement(6)), Vector256.Create((int)first.GetElement(7)));
        }
        else
        {
            (r0, r1) = (Load(ref source, ref factors, 0), Load(ref source, ref factors, 1));
            (r2, r3) = (Load(ref source, ref factors, 2), Load(ref source, ref factors, 3));
            (r4, r5) = (Load(ref source, ref factors, 4), Load(ref source, ref factors, 5));
            (r6, r7) = (Load(ref source, ref factors, 6), Load(ref source, ref factors, 7));
            Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ColumnShift);
            (r0, r1, r2, r3) = (ClampToInt16(r0), ClampToInt16(r1), ClampToInt16(r2), ClampToInt16(r3));
            (r4, r5, r6, r7) = (ClampToInt16(r4), ClampToInt16(r5), ClampToInt16(r6), ClampToInt16(r7));
            Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        }

        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, RowShift);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        StoreTwoRows(r0, r1, samples, stride);
        StoreTwoRows(r2, r3, samples[(2 * stride)..], stride);
        StoreTwoRows(r4, r5, samples[(4 * stride)..], stride);
        StoreTwoRows(r6, r7, samples[(6 * stride)..], stride);
    }

    /// <summary>Transforms a block that has only a DC coefficient.</summary>
    internal static void TransformFlat(short dc, short quantization, Span<byte> samples, int stride)
    {
        int value = (short)((dc * quantization) << ExtraBits);
        byte sample = (byte)Math.Clamp(((value + (1 << (ExtraBits + 2))) >> (ExtraBits + 3)) + 128, 0, 255);
        for (int y = 0; y < 8; y++)
            samples.Slice(y * stride, 8).Fill(sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref short source, ref short factors, int row)
    {
        Vector128<short> shorts = Vector128.LoadUnsafe(ref source, (nuint)(row * 8)) * Vector128.LoadUnsafe(ref factors, (nuint)(row * 8));
        return Vector256.WidenLower(shorts.ToVector256Unsafe());
    }

    // Whether all rows but the first are 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasOneRow(ref short source)
    {
        Vector256<short> others =
            Vector256.LoadUnsafe(ref source, 16) | Vector256.LoadUnsafe(ref source, 32) | Vector256.LoadUnsafe(ref source, 48);
        return (others | Vector128.LoadUnsafe(ref source, 8).ToVector256()) == Vector256<short>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ClampToInt16(Vector256<int> values) =>
        Vector256.Min(Vector256.Max(values, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> WrapToInt16(Vector256<int> values) => (values << 16) >> 16;

    // One pass of the transform of Loeffler, Ligtenberg and Moschytz (ICASSP 1989). The reference has comments about its steps.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, int shift)
    {
        Vector256<int> half = Vector256.Create(1 << (shift - 1));
        Vector256<int> turn = (r2 + r6) * C0541;
        Vector256<int> even2 = turn - (r6 * C1847), even3 = turn + (r2 * C0765);
        Vector256<int> even0 = (((r0 + r4) << 16) >> (16 - FractionBits)) + half, even1 = (((r0 - r4) << 16) >> (16 - FractionBits)) + half;
        (Vector256<int> e0, Vector256<int> e3) = (even0 + even3, even0 - even3);
        (Vector256<int> e1, Vector256<int> e2) = (even1 + even2, even1 - even2);

        Vector256<int> left = WrapToInt16(r7 + r3), right = WrapToInt16(r5 + r1), all = (left + right) * C1175;
        Vector256<int> a = (r7 + r1) * C0899, b = (r5 + r3) * C2562;
        Vector256<int> c = all - (left * C1961), d = all - (right * C0390);
        Vector256<int> o3 = (r7 * C0298) - a + c, o2 = (r5 * C2053) - b + d;
        Vector256<int> o1 = (r3 * C3072) - b + c, o0 = (r1 * C1501) - a + d;

        (r0, r7) = ((e0 + o0) >> shift, (e0 - o0) >> shift);
        (r1, r6) = ((e1 + o1) >> shift, (e1 - o1) >> shift);
        (r2, r5) = ((e2 + o2) >> shift, (e2 - o2) >> shift);
        (r3, r4) = ((e3 + o3) >> shift, (e3 - o3) >> shift);
    }

    // Three steps. Each swaps one bit of a value's column index with the same bit of its row index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        SwapOnes(ref r0, ref r1);
        SwapOnes(ref r2, ref r3);
        SwapOnes(ref r4, ref r5);
        SwapOnes(ref r6, ref r7);
        SwapTwos(ref r0, ref r2);
        SwapTwos(ref r1, ref r3);
        SwapTwos(ref r4, ref r6);
        SwapTwos(ref r5, ref r7);
        SwapFours(ref r0, ref r4);
        SwapFours(ref r1, ref r5);
        SwapFours(ref r2, ref r6);
        SwapFours(ref r3, ref r7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapOnes(ref Vector256<int> upper, ref Vector256<int> lower)
    {
        Vector256<int> odd = Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1);
        Vector256<int> lifted = Vector256.Shuffle(lower, Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6));
        Vector256<int> dropped = Vector256.Shuffle(upper, Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7));
        (upper, lower) = (Vector256.ConditionalSelect(odd, lifted, upper), Vector256.ConditionalSelect(odd, lower, dropped));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapTwos(ref Vector256<int> upper, ref Vector256<int> lower)
    {
        Vector256<int> odd = Vector256.Create(0, 0, -1, -1, 0, 0, -1, -1);
        Vector256<int> lifted = Vector256.Shuffle(lower, Vector256.Create(0, 1, 0, 1, 4, 5, 4, 5));
        Vector256<int> dropped = Vector256.Shuffle(upper, Vector256.Create(2, 3, 2, 3, 6, 7, 6, 7));
        (upper, lower) = (Vector256.ConditionalSelect(odd, lifted, upper), Vector256.ConditionalSelect(odd, lower, dropped));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapFours(ref Vector256<int> upper, ref Vector256<int> lower) =>
        (upper, lower) = (Vector256.Create(upper.GetLower(), lower.GetLower()), Vector256.Create(upper.GetUpper(), lower.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwoRows(Vector256<int> first, Vector256<int> second, Span<byte> samples, int stride)
    {
        Vector128<short> upper = Vector128.NarrowWithSaturation(first.GetLower(), first.GetUpper());
        Vector128<short> lower = Vector128.NarrowWithSaturation(second.GetLower(), second.GetUpper());
        // Samples are centered on 0 here. Flipping the sign bit adds 128.
        Vector128<ulong> rows = (Vector128.NarrowWithSaturation(upper, lower).AsByte() ^ Vector128.Create((byte)0x80)).AsUInt64();
        MemoryMarshal.Write(samples, rows.GetElement(0));
        MemoryMarshal.Write(samples[stride..], rows.GetElement(1));
    }
}
