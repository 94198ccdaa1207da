using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>Builds a PNG file of any kind with random samples, and computes its pixels independently of the reader.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="ColorType">0, 2, 3, 4 or 6.</param>
/// <param name="Depth">Bits per sample.</param>
/// <param name="Interlaced">Whether it is interlaced (Adam7).</param>
/// <param name="Transparent">Whether it has a tRNS chunk.</param>
/// <param name="Seed">The seed of samples, filters and palette.</param>
public sealed record PngForge(int Width, int Height, int ColorType, int Depth, bool Interlaced, bool Transparent, int Seed)
{
    /// <summary>The pass that each pixel of an 8x8 block belongs to, as drawn in section 8.2.</summary>
    private static readonly string[] Passes =
        ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

    private const int PaletteEntries = 11;

    /// <summary>Bytes per IDAT chunk. Few by default, so that rows and the compressed data's header and checksum cross chunks.</summary>
    internal int ChunkLength { get; init; } = 13;

    /// <summary>Changes the filtered rows before they are compressed.</summary>
    internal Action<byte[]> Tamper { get; init; } = _ => { };

    /// <summary>Number of extra bytes in the image data after the compressed rows.</summary>
    internal int Excess { get; init; }

    internal bool WithEnd { get; init; } = true;

    private int Channels => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private bool HasAlpha => ColorType is 4 or 6 || Transparent;

    internal PixelLayout Layout => HasAlpha ? PixelLayout.Rgba32 : ColorType == 0 ? PixelLayout.Gray8 : PixelLayout.Rgb24;

    /// <summary>Every color type and bit depth, with and without tRNS.</summary>
    public static IEnumerable<(int ColorType, int Depth, bool Transparent)> Kinds()
    {
        (int, int[])[] kinds = [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];
        foreach ((int type, int[] depths) in kinds)
        {
            foreach (int depth in depths)
            {
                yield return (type, depth, false);
                if (type < 4)
                    yield return (type, depth, true);
            }
        }
    }

    /// <summary>Builds the file and its pixels.</summary>
    internal (byte[] File, byte[] Pixels) Make()
    {
        Random random = new(Seed);
        int[,,] samples = new int[Height, Width, Channels];
        int entries = Math.Min(PaletteEntries, 1 << Depth), levels = ColorType == 3 ? entries : 1 << Depth;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < Channels; c++)
                    samples[y, x, c] = random.Next(levels);
            }
        }

        byte[] palette = new byte[3 * entries], alphas = new byte[Math.Max(1, entries - 1)];
        random.NextBytes(palette);
        random.NextBytes(alphas);
        int[] key = [.. Enumerable.Range(0, Channels).Select(c => samples[Height / 2, Width / 2, c])];

        MemoryStream file = new();
        file.Write([137, 80, 78, 71, 13, 10, 26, 10]);
        byte interlace = Interlaced ? (byte)1 : (byte)0;
        WriteChunk(file, "IHDR", [.. BigEndian(Width), .. BigEndian(Height), (byte)Depth, (byte)ColorType, 0, 0, interlace]);
        WriteChunk(file, "gAMA", BigEndian(45455));
        if (ColorType == 3)
            WriteChunk(file, "PLTE", palette);
        if (Transparent)
            WriteChunk(file, "tRNS", ColorType == 3 ? alphas : [.. key.SelectMany(k => new[] { (byte)(k >> 8), (byte)k })]);
        byte[] data = [.. Compress(Scanlines(samples, random)), .. new byte[Excess]];
        foreach (byte[] body in data.Chunk(ChunkLength))
            WriteChunk(file, "IDAT", body);
        if (WithEnd)
            WriteChunk(file, "IEND", []);
        return (file.ToArray(), Pixels(samples, palette, alphas, key));
    }

    internal static void WriteChunk(Stream file, string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        file.Write(BigEndian(body.Length));
        file.Write(named);
        file.Write(BigEndian((int)Check(named)));
    }

    /// <summary>Computes the cyclic redundancy check bit by bit.</summary>
    internal static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte b in bytes)
        {
            state ^= b;
            for (int bit = 0; bit < 8; bit++)
                state = (state >> 1) ^ (0xEDB88320 * (state & 1));
        }

        return ~state;
    }

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Compress(byte[] bytes)
    {
        MemoryStream compressed = new();
        using (ZLibStream deflated = new(compressed, CompressionLevel.Optimal))
            deflated.Write(bytes);
        return compressed.ToArray();
    }

    private byte[] Scanlines(int[,,] samples, Random random)
    {
        List<byte> lines = [];
        foreach (char pass in Interlaced ? "1234567" : "*")
        {
            byte[]? prior = null;
            for (int y = 0; y < Height; y++)
            {
                int row = y;
                int[] columns = [.. Enumerable.Range(0, Width).Where(x => !Interlaced || Passes[row % 8][x % 8] == pass)];
                if (columns.Length == 0)
                    continue;
                byte[] packed = Pack([.. columns.SelectMany(x => Enumerable.Range(0, Channels).Select(c => samples[row, x, c]))]);
                byte[] filtered = new byte[packed.Length];
                PngFilter filter = (PngFilter)random.Next(5);
                PngFilterReference.Apply(filter, packed, prior ?? new byte[packed.Length], Math.Max(1, Channels * Depth / 8), filtered);
                lines.Add((byte)filter);
                lines.AddRange(filtered);
                prior = packed;
            }
        }

        byte[] result = [.. lines];
        Tamper(result);
        return result;
    }

    private byte[] Pack(int[] samples)
    {
        string bits = string.Concat(samples.Select(s => Convert.ToString(s, 2).PadLeft(Depth, '0')));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        return [.. bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private byte[] Pixels(int[,,] samples, byte[] palette, byte[] alphas, int[] key)
    {
        List<byte> pixels = [];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int[] s = [.. Enumerable.Range(0, Channels).Select(c => samples[y, x, c])];
                byte[] rgb = ColorType == 3 ? palette[(3 * s[0])..(3 * s[0] + 3)]
                    : Channels <= 2 ? [Level(s[0]), Level(s[0]), Level(s[0])]
                    : [Level(s[0]), Level(s[1]), Level(s[2])];
                byte alpha = ColorType switch
                {
                    4 or 6 => Level(s[^1]),
                    3 => s[0] < alphas.Length ? alphas[s[0]] : (byte)255,
                    _ => s.SequenceEqual(key) ? (byte)0 : (byte)255,
                };
                pixels.AddRange(Layout == PixelLayout.Gray8 ? rgb[..1] : rgb);
                if (HasAlpha)
                    pixels.Add(alpha);
            }
        }

        return [.. pixels];
    }

    private byte Level(int sample) => (byte)Math.Round(sample * 255.0 / ((1 << Depth) - 1), MidpointRounding.AwayFromZero);
}
