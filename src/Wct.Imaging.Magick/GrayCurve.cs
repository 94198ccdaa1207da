using System.Buffers.Binary;

namespace Wct.Imaging.Magick;

/// <summary>Reads the curve of a profile for gray: how samples become linear light (ICC.1, 8.4, 10.6 and 10.18).</summary>
/// <remarks>Little CMS converts gray through a coarse table, which is off by up to 7 of 255 in dark colors.</remarks>
internal static class GrayCurve
{
    private const int Tags = 128, TagHead = 4, TagLength = 12, DataHead = 12;
    private const double Unit = 65536;

    /// <summary>The sRGB value of each of 256 samples; null if the profile has no such curve.</summary>
    /// <param name="profile">A profile that <see cref="ImageMetadata.ProfileSpace"/> accepts.</param>
    internal static byte[]? ToSrgb(ReadOnlySpan<byte> profile)
    {
        ReadOnlySpan<byte> curve = Find(profile);
        if (curve.Length < DataHead)
            return null;
        byte[] table = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            if (Light(curve, i / 255.0) is not { } light || double.IsNaN(light))
                return null;
            light = Math.Clamp(light, 0, 1);
            table[i] = (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
        }

        return table;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile)
    {
        int count = BinaryPrimitives.ReadInt32BigEndian(profile[Tags..]);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = profile.Slice(Tags + TagHead + (i * TagLength), TagLength);
            (uint at, uint length) = (BinaryPrimitives.ReadUInt32BigEndian(entry[4..]), BinaryPrimitives.ReadUInt32BigEndian(entry[8..]));
            if (entry.StartsWith("kTRC"u8))
                return (long)at + length <= profile.Length ? profile.Slice((int)at, (int)length) : [];
        }

        return [];
    }

    private static double? Light(ReadOnlySpan<byte> curve, double x)
    {
        if (curve.StartsWith("para"u8))
            return Formula(curve, x);
        if (!curve.StartsWith("curv"u8))
            return null;
        uint count = BinaryPrimitives.ReadUInt32BigEndian(curve[8..]);
        if (count > (curve.Length - DataHead) / 2)
            return null;
        ReadOnlySpan<byte> numbers = curve[DataHead..];
        if (count < 2)
            return count == 0 ? x : Math.Pow(x, BinaryPrimitives.ReadUInt16BigEndian(numbers) / 256.0);
        double position = x * (count - 1);
        int left = (int)Math.Min(position, count - 2);
        double from = BinaryPrimitives.ReadUInt16BigEndian(numbers[(2 * left)..]),
            to = BinaryPrimitives.ReadUInt16BigEndian(numbers[(2 * (left + 1))..]);
        return (from + ((to - from) * (position - left))) / ushort.MaxValue;
    }

    private static double? Formula(ReadOnlySpan<byte> curve, double x)
    {
        int kind = BinaryPrimitives.ReadUInt16BigEndian(curve[8..]);
        int count = kind switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => -1 };
        if (count < 0 || curve.Length < DataHead + (4 * count))
            return null;
        // g a b c d e f
        Span<double> p = stackalloc double[7];
        for (int i = 0; i < count; i++)
            p[i] = BinaryPrimitives.ReadInt32BigEndian(curve[(DataHead + (4 * i))..]) / Unit;
        if (kind == 0)
            return Math.Pow(x, p[0]);
        double power = Math.Pow(Math.Max(0, (p[1] * x) + p[2]), p[0]);
        return kind switch
        {
            1 => power,
            2 => power + p[3],
            _ => x >= p[4] ? power + p[5] : (p[3] * x) + p[6],
        };
    }
}
