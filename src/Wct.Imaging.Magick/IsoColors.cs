using System.Buffers.Binary;
using Wct.Imaging.Colors;

namespace Wct.Imaging.Magick;

/// <summary>Finds the colors that an AVIF or HEIC file describes by numbers (ISO/IEC 23008-12, property colr of type nclx).</summary>
internal static class IsoColors
{
    private const int ColorLength = 8;

    /// <summary>A profile for the colors of the primary picture; empty if it has none, or if they are those of sRGB or of high dynamic
    /// range.</summary>
    /// <param name="file">The whole file.</param>
    internal static ReadOnlyMemory<byte> Profile(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> meta = IsoBoxes.FullBody(IsoBoxes.Find(file, "meta"u8)), properties = IsoBoxes.Find(meta, "iprp"u8);
        // Thumbnails, alpha and gain maps have colors of their own.
        int[] primary = IsoBoxes.Associations(IsoBoxes.Find(properties, "ipma"u8), IsoBoxes.PrimaryItem(IsoBoxes.Find(meta, "pitm"u8)));
        foreach (int index in primary)
        {
            ReadOnlySpan<byte> color = IsoBoxes.At(IsoBoxes.Find(properties, "ipco"u8), index, "colr"u8);
            if (color.Length < ColorLength || !color.StartsWith("nclx"u8))
                continue;
            int primaries = BinaryPrimitives.ReadUInt16BigEndian(color[4..]), transfer = BinaryPrimitives.ReadUInt16BigEndian(color[6..]);
            if (ColorPrimaries.FromNumber(primaries) is not { } known || TransferCurve.FromNumber(transfer) is not { } curve
                || (curve == TransferCurve.Srgb && known.IsNear(ColorPrimaries.Srgb)))
                return default;
            return IccProfile.ForRgb(known, curve);
        }

        return default;
    }
}
