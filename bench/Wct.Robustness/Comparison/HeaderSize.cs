using System.Buffers.Binary;

namespace Wct.Robustness.Comparison;

/// <summary>Reads a picture's size from the header with simple code, before any program allocates memory for the picture.</summary>
internal static class HeaderSize
{
    /// <summary>Returns the number of pixels; 0 if no header is found.</summary>
    internal static long Pixels(ReadOnlySpan<byte> file, bool jpeg)
    {
        if (!jpeg)
        {
            return file.Length < 24
                ? 0 : (long)BinaryPrimitives.ReadUInt32BigEndian(file[16..]) * BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        }

        for (int at = 2; at + 9 < file.Length;)
        {
            if (file[at] != 0xFF)
            {
                at++;
                continue;
            }

            byte marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (long)BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]) * BinaryPrimitives.ReadUInt16BigEndian(
                    file[(at + 7)..]);
            at += marker is 0xFF or 0 or 1 or (>= 0xD0 and <= 0xD9) ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return 0;
    }
}
