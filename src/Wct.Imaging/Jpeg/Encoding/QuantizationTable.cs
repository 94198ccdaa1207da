namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>The typical quantization tables of ITU T.81, annex K.1, scaled to a quality.</summary>
internal static class QuantizationTable
{
    private static ReadOnlySpan<byte> TypicalLuminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static ReadOnlySpan<byte> TypicalChrominance =>
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Table for luminance, [64] row-major, each 1 to 255 as baseline files need it.</summary>
    /// <param name="quality">1 to 100.</param>
    internal static byte[] Luminance(int quality) => Scale(TypicalLuminance, quality);

    /// <summary>Table for color differences, [64] row-major, each 1 to 255.</summary>
    /// <param name="quality">1 to 100.</param>
    internal static byte[] Chrominance(int quality) => Scale(TypicalChrominance, quality);

    // The Independent JPEG Group's scale: 50 uses the tables unchanged, 100 makes all entries 1.
    private static byte[] Scale(ReadOnlySpan<byte> typical, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        byte[] table = new byte[64];
        for (int i = 0; i < 64; i++)
            table[i] = (byte)Math.Clamp(((typical[i] * percent) + 50) / 100, 1, 255);
        return table;
    }
}
