using System.Buffers.Binary;

namespace Wct.Robustness.Mutation;

/// <summary>Damages JPEG files but keeps the structure of their segments, so that decoders get past the headers.</summary>
internal static class JpegMutations
{
    // SOF0 to SOF3, arithmetic coding, tables, restarts, ends, scans.
    private static readonly byte[] Markers =
    [
        0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC9, 0xCA, 0xCC, 0xD0, 0xD3, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xE1, 0xE2, 0xEE,
        0xFE, 0x01,
    ];

    internal static byte[] Any(byte[] file, Random random)
    {
        List<byte[]> parts = Parts(file);
        if (parts.Count < 2 || random.Next(4) == 0)
            return ByteMutations.Any(file, random);
        int at = random.Next(parts.Count);
        byte[] part = parts[at];
        switch (random.Next(8))
        {
            case 0: parts.RemoveAt(at); break;
            case 1: parts.Insert(random.Next(parts.Count + 1), part); break;
            case 2:
                int other = random.Next(parts.Count);
                (parts[at], parts[other]) = (parts[other], part);
                break;
            case 3: parts[at] = [0xFF, Markers[random.Next(Markers.Length)], .. part[2..]]; break;
            case 4: parts.Insert(at, Segment(Markers[random.Next(Markers.Length)], ByteMutations.Noise(random, random.Next(32)))); break;
            case 5: parts[at] = part.Length > 4 ? [.. part[..4], .. ByteMutations.Changed(part[4..], random)] : part; break;
            case 6: Frame(parts, random); break;
            default:
                parts[at] = ByteMutations.Inserted(part, random.Next(2, part.Length + 1), [0xFF, Markers[random.Next(Markers.Length)]]);
                break;
        }

        return [.. parts.SelectMany(bytes => bytes)];
    }

    /// <summary>Creates a segment: a marker, its length and data.</summary>
    internal static byte[] Segment(byte marker, ReadOnlySpan<byte> data)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. data];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(data.Length + 2));
        return segment;
    }

    /// <summary>Splits a file at its markers. Each part is a marker with all bytes up to the next marker: a segment, or a scan with its
    /// data.</summary>
    internal static List<byte[]> Parts(byte[] file)
    {
        List<byte[]> parts = [];
        for (int at = 0, next; at < file.Length; at = next)
        {
            int length = at + 4 <= file.Length && file[at + 1] is not (0 or 1 or (>= 0xD0 and <= 0xD9))
                ? 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)) : 2;
            next = Math.Min(at + length, file.Length);
            while (next < file.Length && !IsMarker(file, next))
                next++;
            parts.Add(file[at..next]);
        }

        return parts.TrueForAll(part => part.Length >= 2) ? parts : [];
    }

    // In a scan's data, FF is followed by 0, and restart markers belong to the scan.
    private static bool IsMarker(byte[] file, int at) =>
        file[at] == 0xFF && at + 1 < file.Length && file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7));

    private static void Frame(List<byte[]> parts, Random random)
    {
        int at = parts.FindIndex(part => part.Length > 11 && part[1] is >= 0xC0 and <= 0xC3);
        if (at < 0)
            return;
        byte[] frame = [.. parts[at]];
        switch (random.Next(4))
        {
            case 0:
                ushort side = (ushort)random.Next(random.Next(2) == 0 ? 300 : 65536);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(5 + 2 * random.Next(2)), side);
                break;
            case 1: frame[Math.Min(11, frame.Length - 1)] = (byte)(random.Next(1, 5) << 4 | random.Next(1, 5)); break;
            case 2: frame[9] = (byte)random.Next(6); break;
            default: frame[random.Next(4, frame.Length)] = (byte)random.Next(256); break;
        }

        parts[at] = frame;
    }
}
