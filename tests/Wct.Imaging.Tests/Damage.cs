namespace Wct.Imaging.Tests;

/// <summary>Opens damaged files, which must be readable or throw the one exception for damage, with bounded work.</summary>
internal static class Damage
{
    /// <summary>Limits that are small enough that a damaged size takes little memory and time.</summary>
    internal static readonly ImageReadOptions Limits = new() { MaxPixels = 1 << 16 };

    /// <summary>Opens a file with the codec that is tested.</summary>
    internal delegate ImageReader Opener(Stream stream, string source, ImageReadOptions options);

    // Reading takes milliseconds. No busy machine is so much slower, so only a hang takes this long.
    private static readonly TimeSpan HangTime = TimeSpan.FromMinutes(10);

    /// <summary>Runs a test that reads damaged files, and fails if it hangs.</summary>
    /// <param name="test">The test.</param>
    /// <param name="current">Describes the file that is being read.</param>
    internal static void MustEnd(Action test, Func<string> current)
    {
        var run = Task.Run(test);
        Assert.True(Task.WaitAny([run], HangTime) == 0, $"{current()} hangs");
        run.GetAwaiter().GetResult();
    }

    /// <summary>The problem with a file; null if it can be read. Fails if the reader reads much more than twice the
    /// file: PNG files have parts after their pixels, and PFM files have the last row first, so readers seek.</summary>
    internal static string? Problem(Opener open, byte[] file)
    {
        CountedStream stream = new(file);
        try
        {
            using ImageReader reader = open(stream, "damaged", Limits);
            reader.ReadAll();
            return null;
        }
        catch (ImageFormatException e)
        {
            Assert.Equal("damaged", e.Source);
            Assert.DoesNotContain('\n', e.Message);
            return e.Problem;
        }
        finally
        {
            Assert.InRange(stream.BytesRead, 0, 2 * file.Length + 64);
        }
    }

    /// <summary>Reads many variants of a file, and returns how many could be read and how many were refused.</summary>
    /// <param name="open">The codec.</param>
    /// <param name="count">The number of variants.</param>
    /// <param name="variant">Makes a variant from random numbers. The message of a failure has their seed.</param>
    internal static (int Readable, int Refused) Fuzz(Opener open, int count, Func<Random, byte[]> variant)
    {
        int readable = 0, seed = 0;
        void Run()
        {
            for (seed = 0; seed < count; seed++)
            {
                byte[] file = variant(new Random(seed));
                Exception? error = Record.Exception(() => readable += Problem(open, file) is null ? 1 : 0);
                Assert.True(error is null, $"seed {seed}: {error}");
            }
        }

        MustEnd(Run, () => $"seed {seed}");
        return (readable, count - readable);
    }

    /// <summary>Overwrites, removes or inserts a few bytes.</summary>
    internal static byte[] Mutate(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
