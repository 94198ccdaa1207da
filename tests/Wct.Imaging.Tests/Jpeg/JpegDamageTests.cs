using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Truncated, inconsistent and hostile files give an <see cref="ImageFormatException"/> or a picture with a warning, with bounded
/// work.</summary>
public class JpegDamageTests
{
    private const int Mutations = 1500;

    public static TheoryData<string> Kinds() =>
        ["", "-progressive", "-sample 1x1 -restart 1B", "-grayscale", "-progressive -grayscale -restart 2B", "-rgb -optimize",
            "-arithmetic"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reports_every_truncation(string arguments)
    {
        byte[] file = Small(arguments);
        string what = "";
        Damage.MustEnd(() =>
        {
            for (int length = 0; length < file.Length; length++)
            {
                what = $"{arguments} cut to {length} of {file.Length} bytes";
                Assert.True(TryDecode(file[..length], what, strict: true) is not null, what);
                TryDecode(file[..length], what, strict: false, mustWarn: true);
            }
        }, () => what);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Survives_mutations(string arguments)
    {
        byte[] file = Small(arguments);
        int seed = 0, refused = 0;
        Damage.MustEnd(() =>
        {
            for (; seed < Mutations; seed++)
            {
                Random random = new(seed);
                byte[] mutated = [.. file];
                for (int i = random.Next(1, 6); i > 0; i--)
                    mutated[random.Next(mutated.Length)] = (byte)(random.Next(4) == 0 ? 0xFF : random.Next(256));
                if (random.Next(3) == 0)
                    mutated = [.. mutated[..random.Next(mutated.Length)], .. mutated[random.Next(mutated.Length)..]];
                refused += TryDecode(mutated, $"{arguments} seed {seed}") is null ? 0 : 1;
            }
        }, () => $"{arguments} seed {seed}");
        // Damage that is always refused, or never, tests little of the reader.
        Assert.InRange(refused, Mutations / 20, Mutations * 19 / 20);
    }

    [Theory]
    [InlineData("", 0, 12, "12 bits per sample")]
    [InlineData("", 5, 2, "2 components")]
    [InlineData("", 7, 0x51, "5x1")]
    [InlineData("", 8, 4, "quantization table 4")]
    [InlineData("", 8, 3, "quantization table 3 is not defined")]
    [InlineData("", 1, 0xFF, "pixels, the limit is 268435456")]
    public void Says_what_is_wrong_with_a_frame(string arguments, int offset, byte value, string message)
    {
        byte[] file = JpegSegments.Patch(Small(arguments), 0xC0, offset, value);
        if (offset == 1)
            file = JpegSegments.Patch(file, 0xC0, 3, 0xFF);
        AssertFails(file, message);
    }

    [Theory]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    [InlineData(0xC8, "extended")]
    [InlineData(0xCB, "lossless")]
    [InlineData(0xCE, "hierarchical")]
    [InlineData(0xF7, "lossless")]
    public void Names_what_is_not_supported(byte marker, string feature)
    {
        byte[] file = Small("");
        file[JpegSegments.Find(file, 0xC0) + 1] = marker;
        AssertFails(file, $"{feature} coding (marker FF{marker:X2}) is not supported");
    }

    [Fact]
    public void Says_where_scan_data_ends()
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(64, 480), 92);
        AssertWarns(
            file[..(file.Length / 2)], "^truncated: the scan data ends at row [1-9][0-9]* of 480$", "^truncated: no end-of-image marker$");
        AssertWarns([.. file[..(file.Length / 2)], 0xFF, 0xD9],
            "^damaged: a marker comes too soon in the scan data at row [1-9][0-9]* of 480: FFD9$");
        AssertWarns(file[..^2], "^truncated: no end-of-image marker$");
        AssertWarns(file);
    }

    [Fact]
    public void Refuses_files_without_visible_data()
    {
        foreach (string arguments in Kinds().Select(row => row.Data))
        {
            byte[] file = Small(arguments);
            int scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
            byte[] head = file[..(scan + 4 + file[scan + 3] - 2)];
            AssertFails(head, "truncated in scan data at row 0 of 19, before anything can be seen");
            // Arithmetic coding needs no data for a picture of one color.
            if (arguments != "-arithmetic")
                AssertFails([.. head, 0xFF, 0xD9], "marker FFD9 comes too soon in scan data at row 0 of 19, before anything can be seen");
            AssertFails(file[..scan], "ends before any scan data");
        }
    }

    [Fact]
    public void Finds_missing_and_misplaced_parts()
    {
        byte[] file = Small("-restart 1");
        int restart = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD0]);
        byte[] swapped = [.. file];
        swapped[restart + 1] = 0xD5;
        AssertWarns(swapped, "^damaged: a restart marker is missing or wrong: FFD5 in place of FFD0 at row [0-9]+ of 19$");
        AssertWarns(
            JpegSegments.With(file, 0xC4, [0, 3, .. new byte[15], 1, 2, 3]));
        AssertFails(JpegSegments.Without(file, 0xC0), "a scan header comes before the frame header");
        AssertFails(JpegSegments.Without(file, 0xDB), "is not defined");
        AssertFails(
            JpegSegments.With(JpegSegments.Without(file, 0xC4), 0xC4, [0, 3, .. new byte[15], 1, 2, 3]),
            "uses a Huffman table for component 1 that defines 3 codes of 1 bits");
        AssertFails([0xFF, 0xD8, 0xFF, 0xD9], "ends before any scan data");
        AssertFails([0x89, 0x50, 0x4E], "starts with 8950");
    }

    [Fact]
    public void A_failed_reader_keeps_throwing()
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(64, 480), 92);
        using ImageReader reader = new JpegFormat().Open(
            new MemoryStream(file[..(file.Length / 2)]), "cut.jpg", new ImageReadOptions { Strict = true });
        string first = Assert.Throws<ImageFormatException>(() => reader.ReadRows(new byte[3 * 64 * 480])).Message;
        Assert.Equal(first, Assert.Throws<ImageFormatException>(() => reader.ReadRows(new byte[3 * 64])).Message);
    }

    [Fact]
    public void Obeys_the_limit_of_pixels()
    {
        byte[] file = Small("");
        using ImageReader allowed = new JpegFormat().Open(new MemoryStream(file), "a.jpg", new ImageReadOptions { MaxPixels = 23 * 19 });
        ImageFormatException failure = Assert.Throws<ImageFormatException>(
            () => new JpegFormat().Open(new MemoryStream(file), "a.jpg", new ImageReadOptions { MaxPixels = (23 * 19) - 1 }));
        Assert.Equal("a.jpg: frame header announces 23x19 pixels, the limit is 436", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-progressive")]
    public void Takes_little_when_a_short_file_announces_a_huge_picture(string arguments)
    {
        byte marker = arguments == "" ? (byte)0xC0 : (byte)0xC2;
        byte[] file = JpegSegments.Patch(JpegSegments.Patch(Small(arguments), marker, 1, 0x3F), marker, 3, 0x3F);
        Damage.MustEnd(() =>
        {
            CountedStream stream = new(file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            using ImageReader reader = new JpegFormat().Open(stream, "huge.jpg", new ImageReadOptions());
            reader.ReadRows(new byte[reader.Width * 3]);
            Assert.Contains(reader.Warnings, warning => warning.StartsWith("damaged: a marker comes too soon", StringComparison.Ordinal));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
            Assert.InRange(stream.BytesRead, 0, file.Length);
        }, () => arguments);
    }

    [Fact]
    public void Refuses_endless_empty_scans()
    {
        // 4096x4096 gray pixels: 262144 blocks. A code of one bit and 14 more bits, all 0, skip 16384 of them.
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, .. new byte[30]];
        List<byte> file = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        file.AddRange([0xFF, 0xC2, 0, 11, 8, 0x10, 0, 0x10, 0, 1, 1, 0x11, 0, 0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0xE0]);
        for (int i = 0; i < 3000; i++)
            file.AddRange(scan);
        // The work ends at the first of the 3000 scans that exceeds the limit, which is number 257.
        const string Problem = "too many scans: they visit 67371008 blocks of a picture of 262144, the limit is 67108864";
        Damage.MustEnd(() => AssertFails([.. file], Problem), () => "the file of empty scans");
    }

    private static byte[] Small(string arguments) =>
        Oracle.Cjpeg(TestPictures.Hard(23, 19), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void AssertFails(byte[] file, string message)
    {
        ImageFormatException failure = Assert.Throws<ImageFormatException>(() => Oracle.Decode(file, "test.jpg"));
        Assert.StartsWith("test.jpg: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static void AssertWarns(byte[] file, params string[] patterns)
    {
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), "test.jpg", new ImageReadOptions());
        reader.ReadAll();
        foreach (string pattern in patterns)
            Assert.True(
                reader.Warnings.Any(warning => System.Text.RegularExpressions.Regex.IsMatch(warning, pattern)),
                $"{pattern}: {string.Join(';', reader.Warnings)}");
        Assert.Equal(patterns.Length == 0, reader.Warnings.Count == 0);
    }

    // Reads row by row, so that a damaged size doesn't take the memory of a whole picture.
    private static ImageFormatException? TryDecode(byte[] file, string what, bool strict = false, bool mustWarn = false)
    {
        CountedStream stream = new(file);
        try
        {
            using ImageReader reader = new JpegFormat().Open(stream, "mutated.jpg", new ImageReadOptions { Strict = strict });
            byte[] row = new byte[reader.Width * reader.Layout.BytesPerPixel()];
            for (int y = 0; y < reader.Height; y++)
                reader.ReadRows(row);
            Assert.True(!mustWarn || reader.Warnings.Count > 0, what);
            return null;
        }
        catch (ImageFormatException failure)
        {
            Assert.DoesNotContain('\n', failure.Message);
            return failure;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {other}");
            return null;
        }
        finally
        {
            Assert.True(stream.BytesRead <= file.Length, $"{what}: {stream.BytesRead} bytes read of {file.Length}");
        }
    }
}
