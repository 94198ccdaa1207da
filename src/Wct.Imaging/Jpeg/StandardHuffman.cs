namespace Wct.Imaging.Jpeg;

/// <summary>A Huffman table as in files: the number of codes of each length, and their symbols in order of length.</summary>
/// <param name="Counts">[16]: codes of 1 to 16 bits.</param>
/// <param name="Symbols">[sum of the counts], at most 256.</param>
internal sealed record HuffmanCode(byte[] Counts, byte[] Symbols);

/// <summary>The typical Huffman tables of ITU T.81, annex K.3.</summary>
/// <remarks>The encoder writes them. The decoder uses them for files without tables (motion JPEG frames).</remarks>
internal static class StandardHuffman
{
    internal static readonly HuffmanCode LuminanceDc = new(
        [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    internal static readonly HuffmanCode ChrominanceDc = new(
        [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    internal static readonly HuffmanCode LuminanceAc = new([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D], Convert.FromHexString(
        "01020300041105122131410613516107227114328191A1082342B1C11552D1F0" +
        "2433627282090A161718191A25262728292A3435363738393A434445464748494A" +
        "535455565758595A636465666768696A737475767778797A838485868788898A" +
        "92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6" +
        "C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"));

    internal static readonly HuffmanCode ChrominanceAc = new([0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77], Convert.FromHexString(
        "000102031104052131061241510761711322328108144291A1B1C109233352F0" +
        "156272D10A162434E125F11718191A262728292A35363738393A434445464748" +
        "494A535455565758595A636465666768696A737475767778797A828384858687" +
        "88898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3" +
        "C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"));
}
