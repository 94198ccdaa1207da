using System.Buffers.Binary;

namespace Wct.Robustness.Mutation;

/// <summary>Damages files without knowing their format.</summary>
internal static class ByteMutations
{
    private static readonly int[] Interesting =
    [
        0, 1, 2, 3, 7, 8, 9, 15, 16, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, -1,
    ];

    /// <summary>Changes a few bytes anywhere.</summary>
    internal static byte[] Any(byte[] file, Random random) => file.Length == 0 ? [(byte)random.Next(256)] : random.Next(10) switch
    {
        0 => file[..random.Next(file.Length)],
        1 => Without(file, random.Next(file.Length), random.Next(1, 17)),
        2 => Repeated(file, random.Next(file.Length), random.Next(1, 33), random.Next(file.Length)),
        3 => Inserted(file, random.Next(file.Length + 1), Noise(random, random.Next(1, 9))),
        4 or 5 => Number(file, random),
        _ => Changed(file, random),
    };

    /// <summary>Overwrites some bytes: flipped bits, the smallest and largest values, noise.</summary>
    internal static byte[] Changed(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        if (changed.Length == 0)
            return changed;
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            ref byte at = ref changed[random.Next(changed.Length)];
            at = random.Next(4) switch { 0 => (byte)(at ^ (1 << random.Next(8))), 1 => 0, 2 => 0xFF, _ => (byte)random.Next(256) };
        }

        return changed;
    }

    /// <summary>Overwrites a number of 2, 4 or 8 bytes, in either byte order.</summary>
    internal static byte[] Number(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        int value = Interesting[random.Next(Interesting.Length)], at = random.Next(changed.Length);
        Span<byte> to = changed.AsSpan(at), number = stackalloc byte[8];
        bool big = random.Next(2) == 0;
        int bytes = Math.Min(2 << random.Next(3), to.Length);
        if (big)
            BinaryPrimitives.WriteInt64BigEndian(number, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        (big ? number[^bytes..] : number[..bytes]).CopyTo(to);
        return changed;
    }

    internal static byte[] Without(byte[] file, int at, int count) => [.. file[..at], .. file[Math.Min(file.Length, at + count)..]];

    internal static byte[] Inserted(byte[] file, int at, ReadOnlySpan<byte> bytes) => [.. file[..at], .. bytes, .. file[at..]];

    internal static byte[] Noise(Random random, int count)
    {
        byte[] noise = new byte[count];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Repeated(byte[] file, int at, int count, int to) =>
        Inserted(file, to, file.AsSpan(at, Math.Min(count, file.Length - at)));
}
