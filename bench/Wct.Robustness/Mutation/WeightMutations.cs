using System.Buffers.Binary;
using System.Text;

namespace Wct.Robustness.Mutation;

/// <summary>Damages weight files where readers are vulnerable: headers, pickles and directories, and rarely the numbers.</summary>
internal static class WeightMutations
{
    // The opcodes of all protocols, and names that a hostile pickle would use.
    private static readonly byte[] Opcodes =
    [
        .. "(.012BCFGIJKLMNPQRSTUVX]abcdeghijloprstu)}"u8, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C,
        0x8D, 0x8E,
        0x8F, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
    ];

    private static readonly byte[][] Snippets =
    [
        [.. "cos\nsystem\n"u8], [.. "cbuiltins\neval\n"u8], [.. "ctorch._utils\n_rebuild_tensor_v2\n"u8],
        [.. "ccollections\nOrderedDict\n)R"u8],
        [0x94, (byte)'h', 0], [(byte)'(', (byte)'h', 0, (byte)'h', 1, (byte)'t'], [0x8B, 0xFF, 0xFF, 0xFF, 0x7F],
        [0x96, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    ];

    private static readonly string[] JsonTokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "-1", "0", "1e99", "9223372036854775807", "9223372036854775808",
        "\"F64\"", "\"I8\"", "\"\\u0000\"", "true",
    ];

    /// <summary>Damages pickles, bare or in a zip archive.</summary>
    internal static byte[] PyTorch(byte[] file, Random random) => random.Next(6) switch
    {
        0 => ByteMutations.Any(file, random),
        1 => Set(file, Early(file, random), [Opcodes[random.Next(Opcodes.Length)]]),
        2 => ByteMutations.Inserted(file, Early(file, random), Snippets[random.Next(Snippets.Length)]),
        3 => ByteMutations.Without(file, Early(file, random), random.Next(1, 9)),
        4 => Directory(file, random),
        _ => Set(file, Early(file, random), ByteMutations.Noise(random, random.Next(1, 5))),
    };

    /// <summary>Damages Torch7's files.</summary>
    internal static byte[] Torch7(byte[] file, Random random) =>
        random.Next(2) == 0 ? ByteMutations.Any(file, random) : Int32(file, random);

    /// <summary>Damages safetensors: the header's tokens, with a corrected length, or bytes anywhere.</summary>
    internal static byte[] Safetensors(byte[] file, Random random)
    {
        if (file.Length < 10 || random.Next(3) == 0)
            return ByteMutations.Any(file, random);
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length < 2 || length > file.Length - 8)
            return ByteMutations.Any(file, random);
        byte[] header = file[8..(int)(8 + length)];
        int at = random.Next(header.Length);
        byte[] token = Encoding.ASCII.GetBytes(JsonTokens[random.Next(JsonTokens.Length)]);
        byte[] changed = random.Next(4) switch
        {
            0 => ByteMutations.Inserted(header, at, token),
            1 => Set(header, at, token),
            2 => ByteMutations.Without(header, at, random.Next(1, 12)),
            _ => Digit(header, at, random),
        };
        byte[] lengthBytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(lengthBytes, changed.Length);
        return [.. lengthBytes, .. changed, .. file[(int)(8 + length)..]];
    }

    private static byte[] Digit(byte[] header, int at, Random random)
    {
        int digit = Array.FindIndex(header, at, value => char.IsAsciiDigit((char)value));
        return Set(header, digit < 0 ? at : digit, [(byte)('0' + random.Next(10))]);
    }

    // Pickles are at the beginning of a file, or after a zip archive's first local header. Storages, in which any byte is valid, come
    // later.
    private static int Early(byte[] file, Random random) => random.Next(Math.Max(1, Math.Min(file.Length, 4096)));

    // Damages the records with the positions of a zip archive's files.
    private static byte[] Directory(byte[] file, Random random)
    {
        int at = file.AsSpan().LastIndexOf("PK"u8);
        for (int back = random.Next(4); back > 0 && at > 0; back--)
            at = file.AsSpan(0, at).LastIndexOf("PK"u8);
        if (at < 0)
            return ByteMutations.Any(file, random);
        byte[] changed = [.. file];
        Span<byte> record = changed.AsSpan(at, Math.Min(64, changed.Length - at));
        byte[] given = record.ToArray();
        byte[] damaged = random.Next(2) == 0 ? ByteMutations.Number(given, random) : ByteMutations.Changed(given, random);
        damaged.CopyTo(record);
        return changed;
    }

    private static byte[] Int32(byte[] file, Random random)
    {
        if (file.Length < 4)
            return ByteMutations.Any(file, random);
        byte[] changed = [.. file];
        int at = random.Next(file.Length - 3);
        // Object types, indexes and lengths are small numbers.
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), random.Next(4) == 0 ? random.Next() : random.Next(-1, 12));
        return changed;
    }

    private static byte[] Set(byte[] file, int at, ReadOnlySpan<byte> bytes)
    {
        byte[] changed = [.. file];
        if (at < changed.Length)
            bytes[..Math.Min(bytes.Length, changed.Length - at)].CopyTo(changed.AsSpan(at));
        return changed;
    }
}
