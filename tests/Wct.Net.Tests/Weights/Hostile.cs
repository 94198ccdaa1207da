using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

/// <summary>Feeds damaged copies of a good file to a reader, which must read or refuse them without any other exception.</summary>
internal static class Hostile
{
    /// <summary>Checks that every truncation of the file is refused.</summary>
    internal static void Truncations(byte[] good, Action<ByteSource> read)
    {
        for (int length = 0; length < good.Length; length++)
            Assert.Throws<WeightsFormatException>(() => read(new ByteSource("cut", good[..length])));
        read(new ByteSource("whole", good));
    }

    /// <summary>Reads copies with seeded random changes: bits flipped, bytes set, removed or repeated.</summary>
    /// <returns>The number of damaged files that were refused.</returns>
    internal static int Mutations(byte[] good, int count, Action<ByteSource> read)
    {
        int refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            byte[] bad = Mutate(good, new Random(seed));
            try
            {
                read(new ByteSource("bad", bad));
            }
            catch (WeightsFormatException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }

        return refused;
    }

    /// <summary>Opens an archive and reads all of its tensors that are weights.</summary>
    internal static void ReadAll(TensorArchive archive)
    {
        foreach (StoredTensor tensor in archive.Tensors.Where(tensor => tensor.Type is not null))
            Assert.Equal(tensor.Elements, tensor.Read().Length);
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        List<byte> bytes = [.. good];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0; break;
                case 3: bytes.RemoveRange(at, length); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                default:
                    for (int i = 0; i < length; i++)
                        bytes[at + i] = 0xFF;
                    break;
            }

            if (bytes.Count == 0)
                bytes.Add(0);
        }

        return [.. bytes];
    }
}
