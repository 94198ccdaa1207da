using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wct.Net.Colors;

namespace Wct.Net.Photo;

/// <summary>Loads rows of a band as vectors (I, red, green, blue): the content's luminance, and the colors of the stylized
/// picture.</summary>
/// <remarks>All numbers are clamped to 0..1 and rounded as <see cref="WindowPrecision"/> says. NaN counts as 0.</remarks>
internal sealed class GuideRows : IDisposable
{
    // Each step reads the row that enters, the row that leaves, and the row at the center; the center's row leaves in the next step.
    private const int Kept = 3;

    private readonly PhotoWindows _windows;
    private readonly PhotoBand _band;
    private readonly Vector128<float>[] _rows;
    private readonly int[] _kept = [-1, -1, -1], _lastUse = new int[Kept];
    private int _uses;

    internal GuideRows(PhotoWindows windows, in PhotoBand band)
    {
        (_windows, _band) = (windows, band);
        _rows = ArrayPool<Vector128<float>>.Shared.Rent((Kept + 1) * windows.Width);
        _rows.AsSpan(Kept * windows.Width, windows.Width).Clear();
    }

    /// <summary>A row of zeros, for windows that are clipped.</summary>
    internal ReadOnlySpan<Vector128<float>> Zeros => Slot(Kept);

    /// <summary>Bytes that are allocated.</summary>
    internal static long Bytes(PhotoWindows windows) => (Kept + 1L) * windows.Width * Vector128<byte>.Count;

    public void Dispose() => ArrayPool<Vector128<float>>.Shared.Return(_rows);

    /// <summary>A row, [width]. It is valid until <see cref="Kept"/> other rows have been loaded.</summary>
    internal ReadOnlySpan<Vector128<float>> Load(int y)
    {
        int slot = Array.IndexOf(_kept, y);
        if (slot < 0)
        {
            slot = Array.IndexOf(_lastUse, _lastUse.Min());
            _kept[slot] = y;
            Load(y - _band.FirstInput, Slot(slot));
        }

        _lastUse[slot] = ++_uses;
        return Slot(slot);
    }

    private Span<Vector128<float>> Slot(int slot) => _rows.AsSpan(slot * _windows.Width, _windows.Width);

    private void Load(int y, Span<Vector128<float>> row)
    {
        const int Piece = RgbRow.Piece, Channels = RgbRow.Channels;
        Span<float> colors = stackalloc float[Channels * Piece];
        ReadOnlySpan<byte> content = _band.Content.Span.Slice(checked(y * _windows.Width * Channels), _windows.Width * Channels);
        ReadOnlySpan<float> stylized = _band.Stylized.Span;
        int plane = _band.StylizedPlane;
        for (int x = 0; x < row.Length; x += Piece)
        {
            int length = Math.Min(Piece, row.Length - x), at = checked(y * _band.StylizedStride) + x;
            RgbRow.Split(content.Slice(x * Channels, length * Channels), colors);
            Interleave(
                colors, stylized.Slice(at, length), stylized.Slice(at + plane, length), stylized.Slice(at + 2 * plane, length),
                row.Slice(x, length));
        }
    }

    /// <param name="content">[3, <see cref="RgbRow.Piece"/>], 0..1.</param>
    /// <param name="red">Red of the stylized picture.</param>
    /// <param name="green">Green of the stylized picture.</param>
    /// <param name="blue">Blue of the stylized picture.</param>
    /// <param name="row">Receives as many pixels as the colors have.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Interleave(
        ReadOnlySpan<float> content, ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue,
        Span<Vector128<float>> row)
    {
        const int Piece = RgbRow.Piece;
        Span<float> guides = stackalloc float[Piece], reds = stackalloc float[Piece], greens = stackalloc float[Piece];
        Span<float> blues = stackalloc float[Piece];
        Vector<float> rounding = new(_windows.ColorRounding);
        for (int x = 0; x < row.Length; x += Vector<float>.Count)
        {
            Vector<float> luminance = RgbRow.Luminance(new(content[x..]), new(content[(x + Piece)..]), new(content[(x + 2 * Piece)..]));
            Round(luminance, rounding).CopyTo(guides[x..]);
            Round(Lanes.Load(red, x), rounding).CopyTo(reds[x..]);
            Round(Lanes.Load(green, x), rounding).CopyTo(greens[x..]);
            Round(Lanes.Load(blue, x), rounding).CopyTo(blues[x..]);
        }

        for (int x = 0; x < row.Length; x++)
            row[x] = Vector128.Create(guides[x], reds[x], greens[x], blues[x]);
    }

    // The comparison is false for NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Round(Vector<float> color, Vector<float> rounding)
    {
        Vector<float> clamped = Vector.ConditionalSelect(
            Vector.GreaterThan(color, Vector<float>.Zero), Vector.Min(color, Vector<float>.One), Vector<float>.Zero);
        return clamped + rounding - rounding;
    }
}
