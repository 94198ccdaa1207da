using System.Buffers.Binary;
using Wct.Imaging.Bmp;
using Wct.Imaging.Psd;

namespace Wct.Imaging.Magick;

/// <summary>Recognizes formats by the first bytes of files. The table of these bytes is that of <see cref="ForeignFormat"/>.</summary>
internal static class Signatures
{
    private const string Jpeg2000 = "JPEG 2000";

    internal static bool IsHeic(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) is "HEIC" or "HEIF";

    internal static bool IsAvif(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) == "AVIF";

    internal static bool IsWebP(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) == "WebP";

    internal static bool IsTiff(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) is "TIFF" or "BigTIFF";

    /// <summary>Whether a file is raw data of a camera. <see cref="TiffKind"/> finds those that look like TIFF files.</summary>
    internal static bool IsRaw(ReadOnlySpan<byte> head) =>
        ForeignFormat.PackageFormat(head)?.Contains(" raw ", StringComparison.Ordinal) == true;

    internal static bool IsJpegXl(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) == "JPEG XL";

    /// <summary>Whether a file is a JPEG 2000 file with boxes.</summary>
    internal static bool IsJp2(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) == Jpeg2000 && head[0] == 0;

    /// <summary>Whether a file is a bare JPEG 2000 codestream.</summary>
    internal static bool IsJ2k(ReadOnlySpan<byte> head) => ForeignFormat.PackageFormat(head) == Jpeg2000 && head[0] != 0;

    internal static bool IsPsb(ReadOnlySpan<byte> head) =>
        PsdHeader.IsPhotoshop(head) && head.Length >= 6 && BinaryPrimitives.ReadUInt16BigEndian(head[4..]) == 2;

    internal static bool IsPsd(ReadOnlySpan<byte> head) => PsdHeader.IsPhotoshop(head) && PsdHeader.Unsupported(head) is not null;

    internal static bool IsBmp(ReadOnlySpan<byte> head) => BmpHeader.IsBitmap(head) && BmpHeader.Unsupported(head) is not null;
}
