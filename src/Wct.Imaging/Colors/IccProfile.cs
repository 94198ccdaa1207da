using System.Buffers.Binary;
using System.Text;

namespace Wct.Imaging.Colors;

/// <summary>Creates ICC profiles (ICC.1:2010, version 4.3) from primaries and a curve, for converters.</summary>
internal static class IccProfile
{
    private const int HeaderLength = 128, TagLength = 12;

    /// <summary>A profile for RGB.</summary>
    /// <returns>null if the primaries describe no color space.</returns>
    internal static byte[]? ForRgb(ColorPrimaries primaries, TransferCurve curve)
    {
        if (primaries.Colorants() is not { } colorants)
            return null;
        byte[] shared = Curve(curve);
        return Build(
            "RGB ",
            [
                ("rXYZ", Xyz(colorants[0, 0], colorants[1, 0], colorants[2, 0])),
                ("gXYZ", Xyz(colorants[0, 1], colorants[1, 1], colorants[2, 1])),
                ("bXYZ", Xyz(colorants[0, 2], colorants[1, 2], colorants[2, 2])),
                ("rTRC", shared), ("gTRC", shared), ("bTRC", shared),
            ]);
    }

    /// <summary>A profile for gray.</summary>
    internal static byte[] ForGray(TransferCurve curve) => Build("GRAY", [("kTRC", Curve(curve))]);

    private static byte[] Build(string space, (string Name, byte[] Data)[] tags)
    {
        tags = [("desc", Text("Wct")), ("cprt", Text("CC0")), ("wtpt", Xyz(0.9642, 1, 0.8249)), .. tags];
        int at = HeaderLength + 4 + (TagLength * tags.Length);
        byte[] profile = new byte[at + tags.Sum(tag => tag.Data.Length)];
        Span<byte> span = profile;
        BinaryPrimitives.WriteInt32BigEndian(span, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], 0x04300000);
        Encoding.ASCII.GetBytes($"mntr{space}XYZ ").CopyTo(span[12..]);
        // A date is required.
        BinaryPrimitives.WriteInt16BigEndian(span[24..], 2020);
        (span[27], span[29]) = (1, 1);
        "acsp"u8.CopyTo(span[36..]);
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(span[68..]);
        BinaryPrimitives.WriteInt32BigEndian(span[HeaderLength..], tags.Length);
        for (int i = 0; i < tags.Length; i++)
        {
            Span<byte> entry = span[(HeaderLength + 4 + (TagLength * i))..];
            Encoding.ASCII.GetBytes(tags[i].Name).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[i].Data.Length);
            tags[i].Data.CopyTo(span[at..]);
            at += tags[i].Data.Length;
        }

        return profile;
    }

    // Lengths of all tags are multiples of 4, as the format requires.
    private static byte[] Xyz(double x, double y, double z) => Numbers("XYZ \0\0\0\0", x, y, z);

    private static byte[] Curve(TransferCurve curve) => curve is { B: 0, D: 0, A: 1 }
        ? Numbers("para\0\0\0\0\0\0\0\0", curve.Gamma)
        : Numbers("para\0\0\0\0\0\x03\0\0", curve.Gamma, curve.A, curve.B, curve.C, curve.D);

    private static byte[] Numbers(string head, params ReadOnlySpan<double> numbers)
    {
        byte[] tag = new byte[head.Length + (4 * numbers.Length)];
        Encoding.Latin1.GetBytes(head).CopyTo(tag, 0);
        for (int i = 0; i < numbers.Length; i++)
        {
            double number = Math.Clamp(numbers[i], short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(head.Length + (4 * i)), (int)Math.Round(number * 65536));
        }

        return tag;
    }

    private static byte[] Text(string text)
    {
        byte[] tag = new byte[(28 + (2 * text.Length) + 3) / 4 * 4];
        "mluc"u8.CopyTo(tag);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(12), TagLength);
        "enUS"u8.CopyTo(tag.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(20), 2 * text.Length);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(24), 28);
        Encoding.BigEndianUnicode.GetBytes(text).CopyTo(tag, 28);
        return tag;
    }
}
