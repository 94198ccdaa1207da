namespace Wct.Imaging.Jpeg;

/// <summary>Joins a color profile that is divided into several segments (ICC.1, annex B.4).</summary>
internal sealed class JpegProfile
{
    /// <summary>Largest number of a profile's bytes in one segment.</summary>
    internal const int PartLength = ushort.MaxValue - 2 - 14;

    private const int HeadLength = 14;

    private readonly byte[]?[] _parts = new byte[256][];
    private int _count, _length;
    private bool _isDamaged;

    /// <summary>The start of each segment. The part's number and the number of parts follow.</summary>
    internal static ReadOnlySpan<byte> Name => "ICC_PROFILE\0"u8;

    /// <summary>Adds a segment, if it is part of a profile.</summary>
    internal void Add(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeadLength || !payload.StartsWith(Name))
            return;
        (int number, int count) = (payload[Name.Length], payload[Name.Length + 1]);
        bool fits = (_count == 0 || count == _count) && number >= 1 && number <= count && _parts[number] is null
            && _length + payload.Length - HeadLength <= ImageMetadata.MaxProfileBytes;
        _isDamaged |= !fits;
        if (!fits)
            return;
        _count = count;
        _length += payload.Length - HeadLength;
        _parts[number] = payload[HeadLength..].ToArray();
    }

    /// <summary>The profile; empty if there is none, or if it isn't complete.</summary>
    internal byte[] Bytes(ImageWarnings warnings)
    {
        byte[]?[] parts = _parts[1..(_count + 1)];
        if (!_isDamaged && Array.IndexOf(parts, null) < 0)
            return [.. parts.SelectMany(part => part!)];
        warnings.Note("the color profile is left out: parts of it are missing, too many, or too long");
        return [];
    }
}
