using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Converts rows of components to rows of pixels. Results are the same as those of <c>YCbCrConversion.Reference.cs</c>.</summary>
internal static partial class YCbCrConversion
{
    /// <summary>Converts YCbCr to RGB (JFIF 1.02, page 3).</summary>
    /// <param name="luma">[width].</param>
    /// <param name="blue">[width] or longer: Cb.</param>
    /// <param name="red">[width] or longer: Cr.</param>
    /// <param name="rgb">[width, 3].</param>
    internal static void FromYCbCr(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> rgb)
    {
        int x = 0;
        for (; x <= luma.Length - 16; x += 16)
        {
            Vector128<byte> y = Vector128.Create(luma[x..]), cb = Vector128.Create(blue[x..]), cr = Vector128.Create(red[x..]);
            (Vector128<short> r0, Vector128<short> g0, Vector128<short> b0) = Convert(Lower(y), Lower(cb), Lower(cr));
            (Vector128<short> r1, Vector128<short> g1, Vector128<short> b1) = Convert(Upper(y), Upper(cb), Upper(cr));
            Interleave(Clamp(r0, r1), Clamp(g0, g1), Clamp(b0, b1), rgb[(3 * x)..]);
        }

        FromYCbCrReference(luma[x..], blue[x..], red[x..], rgb[(3 * x)..]);
    }

    /// <summary>Interleaves RGB.</summary>
    /// <param name="red">[width].</param>
    /// <param name="green">[width] or longer.</param>
    /// <param name="blue">[width] or longer.</param>
    /// <param name="rgb">[width, 3].</param>
    internal static void FromRgb(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> rgb)
    {
        int x = 0;
        for (; x <= red.Length - 16; x += 16)
            Interleave(Vector128.Create(red[x..]), Vector128.Create(green[x..]), Vector128.Create(blue[x..]), rgb[(3 * x)..]);
        FromRgbReference(red[x..], green[x..], blue[x..], rgb[(3 * x)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lower(Vector128<byte> bytes) =>
        Vector256.WidenLower(Vector128.WidenLower(bytes).AsInt16().ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Upper(Vector128<byte> bytes) =>
        Vector256.WidenLower(Vector128.WidenUpper(bytes).AsInt16().ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> R, Vector128<short> G, Vector128<short> B) Convert(
        Vector256<int> y, Vector256<int> cb, Vector256<int> cr)
    {
        Vector256<int> center = Vector256.Create(128), half = Vector256.Create(Half);
        cb -= center;
        cr -= center;
        Vector256<int> r = y + (((cr * CrToRed) + half) >> FractionBits);
        Vector256<int> g = y + ((half - (cb * CbToGreen) - (cr * CrToGreen)) >> FractionBits);
        Vector256<int> b = y + (((cb * CbToBlue) + half) >> FractionBits);
        return (ToShorts(r), ToShorts(g), ToShorts(b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> ToShorts(Vector256<int> ints) => Vector128.Narrow(ints.GetLower(), ints.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Clamp(Vector128<short> lower, Vector128<short> upper)
    {
        Vector128<short> most = Vector128.Create((short)255);
        lower = Vector128.Min(Vector128.Max(lower, Vector128<short>.Zero), most);
        upper = Vector128.Min(Vector128.Max(upper, Vector128<short>.Zero), most);
        return Vector128.Narrow(lower.AsUInt16(), upper.AsUInt16());
    }

    // 16 pixels are 3 vectors. A shuffle index beyond the vector gives 0, so that the three colors can be combined with OR.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<byte> r, Vector128<byte> g, Vector128<byte> b, Span<byte> rgb)
    {
        const byte No = 255;
        (Vector128.Shuffle(r, Vector128.Create(0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No, 5))
            | Vector128.Shuffle(g, Vector128.Create(No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No))).CopyTo(rgb);
        (Vector128.Shuffle(r, Vector128.Create(No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10, No))
            | Vector128.Shuffle(g, Vector128.Create(5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10))
            | Vector128.Shuffle(b, Vector128.Create(No, 5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No))).CopyTo(rgb[16..]);
        (Vector128.Shuffle(r, Vector128.Create(No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No, No))
            | Vector128.Shuffle(g, Vector128.Create(No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No))
            | Vector128.Shuffle(b, Vector128.Create(10, No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15))).CopyTo(rgb[32..]);
    }
}
