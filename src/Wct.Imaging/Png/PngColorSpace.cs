using System.Buffers.Binary;
using Wct.Imaging.Colors;

namespace Wct.Imaging.Png;

/// <summary>The colors of the samples as the chunks cICP, sRGB, gAMA and cHRM describe them (sections 11.3.2.1 to 11.3.2.6).</summary>
internal sealed class PngColorSpace
{
    // gAMA of most files. It stands for the curve of sRGB, because programs write it beside or instead of sRGB.
    private const int SrgbGamma = 45455, Unit = 100_000, MaxDeviation = 500;

    private byte[]? _code, _gamma, _chromaticities;
    private bool _isSrgb;

    /// <summary>Reads a chunk, if it is one of the four.</summary>
    /// <param name="chunks">The file, at the chunk's body.</param>
    /// <returns>Whether it is one of the four.</returns>
    internal bool Read(PngChunks chunks)
    {
        if (chunks.Type == PngChunkType.ColorCode)
            _code ??= Body(chunks, 4);
        else if (chunks.Type == PngChunkType.Gamma)
            _gamma ??= Body(chunks, 4);
        else if (chunks.Type == PngChunkType.Chromaticities)
            _chromaticities ??= Body(chunks, 32);
        else if (chunks.Type == PngChunkType.Srgb)
            _isSrgb = true;
        else
            return false;
        return true;
    }

    /// <summary>The profile of the samples; empty if they are sRGB or nothing is known.</summary>
    /// <param name="layout">Layout of the pixels.</param>
    /// <param name="embedded">The profile in the file. It comes after cICP and before the others.</param>
    internal ReadOnlyMemory<byte> Profile(PixelLayout layout, ReadOnlyMemory<byte> embedded)
    {
        if (_code is [var primaries, var transfer, 0, _] && ColorPrimaries.FromNumber(primaries) is { } known
            && TransferCurve.FromNumber(transfer) is { } curve)
            return Create(layout, known, curve);
        if (!embedded.IsEmpty || _isSrgb || _gamma is null)
            return embedded;
        uint gamma = BinaryPrimitives.ReadUInt32BigEndian(_gamma);
        // Values outside of this range are mistakes.
        if (gamma is < Unit / 10 or > Unit * 10)
            return embedded;
        return Create(layout, Primaries() ?? ColorPrimaries.Srgb, Math.Abs((long)gamma - SrgbGamma) <= MaxDeviation
            ? TransferCurve.Srgb : TransferCurve.Power((double)Unit / gamma));
    }

    private static ReadOnlyMemory<byte> Create(PixelLayout layout, ColorPrimaries primaries, TransferCurve curve)
    {
        if (curve == TransferCurve.Srgb && (layout == PixelLayout.Gray8 || primaries.IsNear(ColorPrimaries.Srgb)))
            return default;
        return layout == PixelLayout.Gray8 ? IccProfile.ForGray(curve) : IccProfile.ForRgb(primaries, curve);
    }

    private ColorPrimaries? Primaries()
    {
        if (_chromaticities is null)
            return null;
        double[] values = [.. Enumerable.Range(0, 8)
            .Select(i => BinaryPrimitives.ReadUInt32BigEndian(_chromaticities.AsSpan(4 * i)) / (double)Unit)];
        // White comes first.
        return new((values[2], values[3]), (values[4], values[5]), (values[6], values[7]), (values[0], values[1]));
    }

    private static byte[]? Body(PngChunks chunks, int length) => chunks.Length == length ? chunks.ReadAncillary() : null;
}
