using System.Buffers.Binary;

namespace Wct.Imaging.Tga;

/// <summary>The end of a TGA file of version 2: it says where more information is, such as the meaning of alpha.</summary>
internal static class TgaFooter
{
    private const int Length = 26, ExtensionLength = 495, AlphaTypeAt = 494, Useful = 3, Premultiplied = 4;

    /// <summary>Reads what alpha means.</summary>
    /// <param name="file">The file. Its position doesn't change.</param>
    /// <returns>null if the file doesn't say it, or can't seek.</returns>
    internal static TgaAlpha? ReadAlpha(FileBytes file)
    {
        if (file.Left is not { } left || left < Length)
            return null;
        long position = file.Position, end = position + left;
        Span<byte> footer = stackalloc byte[Length];
        Span<byte> one = stackalloc byte[2];
        file.SeekTo(end - Length);
        TgaAlpha? alpha = null;
        if (file.Read(footer) == Length && footer[8..].StartsWith("TRUEVISION-XFILE."u8))
        {
            long extension = BinaryPrimitives.ReadUInt32LittleEndian(footer);
            if (extension >= TgaHeader.Length && extension + ExtensionLength <= end
                && Read(file, extension, one) && BinaryPrimitives.ReadUInt16LittleEndian(one) == ExtensionLength
                && Read(file, extension + AlphaTypeAt, one[..1]))
            {
                alpha = one[0] switch { Useful => TgaAlpha.Straight, Premultiplied => TgaAlpha.Premultiplied, _ => TgaAlpha.None };
            }
        }

        file.SeekTo(position);
        return alpha;
    }

    private static bool Read(FileBytes file, long at, Span<byte> bytes)
    {
        file.SeekTo(at);
        return file.Read(bytes) == bytes.Length;
    }
}
