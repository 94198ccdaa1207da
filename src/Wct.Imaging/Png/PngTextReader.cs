using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Wct.Imaging.Png;

/// <summary>Collects the texts of a file from its chunks tEXt, zTXt and iTXt (section 11.3.3).</summary>
/// <remarks>A text that is damaged or over a limit is left out with a note. The number of chunks that are looked at is limited too, so that
/// a hostile file can't cause much more work than its size: 100 chunks inflate to at most 100 MB.</remarks>
internal sealed class PngTextReader
{
    // The largest text may be stored, or compressed to a little more, after a keyword and a translated keyword.
    private const int MaxBodyBytes = ImageText.MaxBytes + (1 << 12);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<ImageText> _texts = [];
    private int _seen, _left = ImageText.MaxBytes;

    /// <summary>The texts that were found so far, in the file's order.</summary>
    internal IReadOnlyList<ImageText> Texts => _texts;

    /// <summary>Whether chunks of a type contain a text.</summary>
    internal static bool Reads(PngChunkType type) =>
        type == PngChunkType.Text || type == PngChunkType.CompressedText || type == PngChunkType.InternationalText;

    /// <summary>Reads the current chunk, which contains a text.</summary>
    /// <exception cref="ImageFormatException">The chunk is truncated. Or its CRC is wrong, and reading is strict.</exception>
    internal void Read(PngChunks chunks)
    {
        string? problem = ++_seen > ImageText.MaxCount ? $"there are more than {ImageText.MaxCount}"
            : chunks.Length > MaxBodyBytes ? TooLong
            : chunks.ReadAncillary() is { } body ? Add(chunks.Type, body) : null;
        // The same words for all texts with a problem, so that many of them take one line.
        if (problem is not null)
            chunks.Warnings.Note($"a text is left out: {problem}");
    }

    private static string TooLong => $"the file's texts have more than {ImageText.MaxBytes} bytes";

    // Returns the problem, or null.
    private string? Add(PngChunkType type, byte[] body)
    {
        ReadOnlySpan<byte> rest = body;
        if (!Cut(ref rest, out ReadOnlySpan<byte> name) || Encoding.Latin1.GetString(name) is var keyword && !PngKeyword.IsValid(keyword))
            return "its keyword is not valid";
        bool isInternational = type == PngChunkType.InternationalText, isCompressed = type == PngChunkType.CompressedText;
        if (isCompressed && !Method(ref rest) || isInternational && !Languages(ref rest, out isCompressed))
            return "damaged";
        byte[]? inflated = isCompressed ? ArrayPool<byte>.Shared.Rent(_left + 1) : null;
        try
        {
            int length = inflated is null ? rest.Length : Inflate(rest.ToArray(), inflated.AsSpan(0, _left + 1));
            if (length > _left)
                return TooLong;
            if (length < 0 || Decode(inflated is null ? rest : inflated.AsSpan(0, length), isInternational) is not { } text)
                return "damaged";
            _left -= length;
            _texts.Add(new(keyword, text));
            return null;
        }
        finally
        {
            if (inflated is not null)
                ArrayPool<byte>.Shared.Return(inflated);
        }
    }

    // The compression method, which can only be 0.
    private static bool Method(ref ReadOnlySpan<byte> rest)
    {
        bool isKnown = rest is [0, ..];
        rest = isKnown ? rest[1..] : rest;
        return isKnown;
    }

    // Whether the text is compressed, the method, the language, and the keyword in that language, both of which aren't needed.
    private static bool Languages(ref ReadOnlySpan<byte> rest, out bool isCompressed)
    {
        isCompressed = rest is [1, ..];
        if (rest is not [0 or 1, ..])
            return false;
        rest = rest[1..];
        // The method has no meaning if the text isn't compressed.
        if (isCompressed ? !Method(ref rest) : rest.IsEmpty)
            return false;
        rest = isCompressed ? rest : rest[1..];
        return Cut(ref rest, out _) && Cut(ref rest, out _);
    }

    // Splits at the next zero byte; false if there is none.
    private static bool Cut(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        int end = rest.IndexOf((byte)0);
        part = end < 0 ? default : rest[..end];
        rest = end < 0 ? rest : rest[(end + 1)..];
        return end >= 0;
    }

    // Null if the text has a zero byte or is not in its encoding.
    private static string? Decode(ReadOnlySpan<byte> text, bool isUtf8)
    {
        if (text.Contains((byte)0))
            return null;
        try
        {
            return isUtf8 ? Utf8.GetString(text) : Encoding.Latin1.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Returns the number of bytes; -1 if the data is damaged or cut off.
    private static int Inflate(byte[] compressed, Span<byte> destination)
    {
        const int CheckBytes = 4;
        try
        {
            using ZLibStream inflated = new(new MemoryStream(compressed), CompressionMode.Decompress);
            int length = inflated.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            // The stream doesn't notice that its end is missing, so the checksum at its end is compared here.
            bool isWhole = length == destination.Length
                || (compressed.Length > CheckBytes && compressed.AsSpan(^CheckBytes..).SequenceEqual(Adler32(destination[..length])));
            return isWhole ? length : -1;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // For data that needs a preset dictionary, inflating throws an IOException of a type that is not public.
            return -1;
        }
    }

    // RFC 1950, section 9.
    private static byte[] Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        uint sum = 1, sumOfSums = 0;
        foreach (byte b in bytes)
        {
            sum = (sum + b) % Modulus;
            sumOfSums = (sumOfSums + sum) % Modulus;
        }

        return [(byte)(sumOfSums >> 8), (byte)sumOfSums, (byte)(sum >> 8), (byte)sum];
    }
}
