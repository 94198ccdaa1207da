namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Edits the header of a JPEG file, to build files that no program writes.</summary>
internal static class JpegSegments
{
    /// <summary>Position of the first segment with a marker (of its 0xFF), before the scan data.</summary>
    internal static int Find(byte[] file, byte marker)
    {
        int at = 2;
        while (file[at + 1] != marker)
            at += 2 + (file[at + 2] << 8) + file[at + 3];
        return at;
    }

    /// <summary>The file without its segments of one kind.</summary>
    internal static byte[] Without(byte[] file, byte marker)
    {
        List<byte> kept = [0xFF, 0xD8];
        int at = 2;
        for (int length; file[at + 1] != 0xDA; at += length)
        {
            length = 2 + (file[at + 2] << 8) + file[at + 3];
            if (file[at + 1] != marker)
                kept.AddRange(file[at..(at + length)]);
        }

        return [.. kept, .. file[at..]];
    }

    /// <summary>The file with an additional first segment.</summary>
    internal static byte[] With(byte[] file, byte marker, byte[] payload) =>
        [0xFF, 0xD8, 0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2), .. payload, .. file[2..]];

    /// <summary>The file with one byte of a segment's payload replaced.</summary>
    internal static byte[] Patch(byte[] file, byte marker, int offset, byte value)
    {
        byte[] patched = [.. file];
        patched[Find(file, marker) + 4 + offset] = value;
        return patched;
    }
}
