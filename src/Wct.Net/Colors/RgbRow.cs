using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Wct.Net.Colors;

/// <summary>Converts rows of RGB bytes to floats.</summary>
internal static class RgbRow
{
    internal const int Channels = 3;

    /// <summary>Rows are processed in pieces of this many pixels, so that the floats stay in the first-level cache.</summary>
    internal const int Piece = 256;

    /// <summary>Weights of red, green and blue in the luminance Y of NTSC YIQ.</summary>
    internal const float RedShare = 0.299f, GreenShare = 0.587f, BlueShare = 0.114f;

    /// <summary>Separates the channels. A byte becomes the float that is nearest to byte / 255.</summary>
    /// <param name="rgb">[width, 3], at most <see cref="Piece"/> pixels.</param>
    /// <param name="planes">Receives [3, <see cref="Piece"/>], 0..1. What lies beyond the width is undefined.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Split(ReadOnlySpan<byte> rgb, Span<float> planes)
    {
        const byte No = 255;
        const int Bytes = 16;
        Span<byte> end = stackalloc byte[Channels * Bytes];
        Span<float> red = planes[..Piece], green = planes.Slice(Piece, Piece), blue = planes.Slice(2 * Piece, Piece);
        for (int x = 0; x * Channels < rgb.Length; x += Bytes)
        {
            scoped ReadOnlySpan<byte> pixels = rgb[(x * Channels)..];
            if (pixels.Length < end.Length)
            {
                pixels.CopyTo(end);
                pixels = end;
            }

            // 16 pixels are 3 vectors. A shuffle index beyond the vector gives 0, so that the three parts can be combined with OR.
            Vector128<byte> a = Vector128.Create(pixels), b = Vector128.Create(pixels[Bytes..]);
            Vector128<byte> c = Vector128.Create(pixels[(2 * Bytes)..]);
            Scale(
                Vector128.Shuffle(a, Vector128.Create(0, 3, 6, 9, 12, 15, No, No, No, No, No, No, No, No, No, No))
                    | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, No, 2, 5, 8, 11, 14, No, No, No, No, No))
                    | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 1, 4, 7, 10, 13)),
                red[x..]);
            Scale(
                Vector128.Shuffle(a, Vector128.Create(1, 4, 7, 10, 13, No, No, No, No, No, No, No, No, No, No, No))
                    | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 0, 3, 6, 9, 12, 15, No, No, No, No, No))
                    | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 2, 5, 8, 11, 14)),
                green[x..]);
            Scale(
                Vector128.Shuffle(a, Vector128.Create(2, 5, 8, 11, 14, No, No, No, No, No, No, No, No, No, No, No))
                    | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 1, 4, 7, 10, 13, No, No, No, No, No, No))
                    | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, 0, 3, 6, 9, 12, 15)),
                blue[x..]);
        }
    }

    /// <summary>The luminance of colors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Luminance(Vector<float> red, Vector<float> green, Vector<float> blue) =>
        red * RedShare + green * GreenShare + blue * BlueShare;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(Vector128<byte> bytes, Span<float> floats)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        Scale(Vector256.WidenLower(low.ToVector256Unsafe())).CopyTo(floats);
        Scale(Vector256.WidenLower(high.ToVector256Unsafe())).CopyTo(floats[8..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<uint> values) => Vector256.ConvertToSingle(values.AsInt32()) / 255f;
}
