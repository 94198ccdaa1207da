using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Headers that violate the standard and files that lack scans are read as libjpeg-turbo reads them.</summary>
public class JpegToleranceTests
{
    public static TheoryData<string> Scripts =>
    [
        "0 1 2: 0-0, 0, 0;\n",
        "0 1 2: 0-0, 0, 1;\n",
        "0 1 2: 0-0, 0, 0;\n0: 1-5, 0, 2;\n",
        "0 1 2: 0-0, 0, 0;\n0: 1-63, 0, 2;\n1: 1-2, 0, 1;\n",
        "0 1 2: 0-0, 0, 1;\n0: 6-63, 0, 0;\n0 1 2: 0-0, 1, 0;\n",
        "0 1 2: 0-0, 0, 0;\n0: 1-63, 0, 1;\n0: 1-63, 1, 0;\n2: 1-63, 0, 0;\n",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Smooths_missing_coefficients_as_djpeg_does(string script)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("scans.txt"), script);
        (int, int)[] sizes = [(1, 1), (8, 40), (16, 16), (17, 9), (24, 24), (40, 33), (83, 70)];
        foreach ((int width, int height) in sizes)
        {
            foreach (string sampling in new[] { "1x1", "2x2", "2x1", "1x2" })
            {
                byte[] file = Oracle.Cjpeg(
                    TestPictures.Hard(width, height), "-quality", "60", "-sample", sampling, "-scans", folder.File("scans.txt"));
                PixelImage expected = Assert.IsType<PixelImage>(Oracle.DjpegOfDamaged(file));
                Oracle.AssertSame(expected, Oracle.Decode(file), $"{width}x{height} {sampling} {script}");
                JpegStreamingTests.AssertReadsInPieces(file, expected);
            }
        }
    }

    [Fact]
    public void Skips_bytes_before_the_first_marker_with_a_warning()
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(20, 20), 80);
        byte[] padded = [0xFF, 0xD8, 0, 1, 2, .. file[2..]];
        using ImageReader reader = ImageFile.Open(new MemoryStream(padded), "padded.jpg");
        Oracle.AssertSame(Oracle.Decode(file), reader.ReadAll(), "padded");
        Assert.Equal("bytes that belong to no segment: 3 before marker FFE0", Assert.Single(reader.Warnings));
        ImageFormatException refused = Assert.Throws<ImageFormatException>(
            () => ImageFile.Open(new MemoryStream(padded), "padded.jpg", new ImageReadOptions { Strict = true }));
        Assert.StartsWith("padded.jpg: bytes that belong to no segment: 3 before marker FFE0", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Skips_a_length_below_2_in_segments_that_are_not_needed(byte length)
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(20, 20), 80);
        foreach (byte marker in (byte[])[0xDC, .. Enumerable.Range(0xE0, 16).Select(i => (byte)i), 0xFE])
        {
            byte[] first = [0xFF, 0xD8, 0xFF, marker, 0, length, .. file[2..]];
            int scan = JpegSegments.Find(file, 0xDA);
            byte[] later = [.. file[..scan], 0xFF, marker, 0, length, .. "no text"u8, .. file[scan..]];
            foreach (byte[] damaged in (byte[][])[first, later])
            {
                using ImageReader reader = new JpegFormat().Open(new MemoryStream(damaged), "length.jpg", new ImageReadOptions());
                Oracle.AssertSame(Oracle.Decode(file), reader.ReadAll(), $"{marker:X2}");
                string[] further = damaged == later ? ["bytes that belong to no segment: 7 before marker FFDA"] : [];
                string warning = $"damaged: a length that does not hold the length itself: {length} in segment FF{marker:X2}";
                Assert.Equal([warning, .. further], reader.Warnings);
                Assert.Throws<ImageFormatException>(
                    () => new JpegFormat().Open(new MemoryStream(damaged), "length.jpg", new ImageReadOptions { Strict = true }));
            }
        }
    }

    [Theory]
    [InlineData(0xC0, "frame header")]
    [InlineData(0xC4, "Huffman table segment")]
    [InlineData(0xDA, "scan header")]
    [InlineData(0xDB, "quantization table segment")]
    [InlineData(0xDD, "restart interval segment")]
    public void Refuses_a_length_below_2_in_segments_that_are_needed(byte marker, string name)
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(20, 20), 80);
        int at = marker == 0xDA ? JpegSegments.Find(file, marker) : 2;
        byte[] damaged = [.. file[..at], 0xFF, marker, 0, 1, .. file[at..]];
        ImageFormatException failure = Assert.Throws<ImageFormatException>(() => Oracle.Decode(damaged));
        Assert.Equal($"test.jpg: {name} announces a length of 1, which does not hold the length itself", failure.Message);
    }

    [Theory]
    [InlineData("-progressive")]
    [InlineData("-progressive -restart 2B")]
    [InlineData("-scans THREE")]
    public void Accepts_empty_scans_if_another_scan_has_data(string arguments)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("scans.txt"), "0;\n1;\n2;\n");
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(40, 30), arguments.Replace("THREE", folder.File("scans.txt")).Split(' '));
        int[] scans = [.. Enumerable.Range(0, file.Length - 1).Where(i => file[i] == 0xFF && file[i + 1] == 0xDA)];
        for (int empty = 1; empty < 1 << Math.Min(scans.Length, 6); empty += 2)
        {
            byte[] damaged = [.. file[..scans[0]]];
            for (int i = 0; i < scans.Length; i++)
            {
                int next = i + 1 < scans.Length ? scans[i + 1] : file.Length;
                int data = scans[i] + 2 + file[scans[i] + 3];
                // The tables between the data and the next scan header are kept.
                int end = data;
                while (!(file[end] == 0xFF && file[end + 1] is 0xC4 or 0xDA or 0xD9))
                    end++;
                damaged = [.. damaged, .. file[scans[i]..((empty >> i & 1) == 1 ? data : end)], .. file[end..next]];
            }

            using ImageReader reader = new JpegFormat().Open(new MemoryStream(damaged), "empty.jpg", new ImageReadOptions());
            if ((1 << scans.Length) - 1 == empty)
            {
                ImageFormatException failure = Assert.Throws<ImageFormatException>(reader.ReadAll);
                Assert.Contains("before anything can be seen", failure.Message, StringComparison.Ordinal);
                continue;
            }

            Oracle.AssertSame(Assert.IsType<PixelImage>(Oracle.DjpegOfDamaged(damaged)), reader.ReadAll(), $"{arguments}: empty {empty:X}");
            const string Warning = "damaged: a marker comes too soon in the scan data at row 0 of 30: FF";
            Assert.StartsWith(Warning, reader.Warnings[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Accepts_components_with_equal_names_without_a_warning()
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(40, 30), 80);
        byte[] renamed = JpegSegments.Patch(JpegSegments.Patch(file, 0xC0, 12, 2), 0xDA, 5, 2);
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(renamed), "renamed.jpg", new ImageReadOptions { Strict = true });
        Oracle.AssertSame(Oracle.Decode(file), reader.ReadAll(), "renamed");
        Assert.Empty(reader.Warnings);
    }

    [Fact]
    public void Shows_a_component_that_no_scan_brings_as_mid_gray()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("scans.txt"), "0;\n1;\n2;\n");
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(40, 30), "-scans", folder.File("scans.txt"));
        int last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] without = [.. file[..last], 0xFF, 0xD9];
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(without), "without.jpg", new ImageReadOptions());
        Oracle.AssertSame(Assert.IsType<PixelImage>(Oracle.DjpegOfDamaged(without)), reader.ReadAll(), "without");
        Assert.Equal("no scan brings component 3", Assert.Single(reader.Warnings));
    }

    [Fact]
    public void Keeps_few_warnings_and_counts_the_rest()
    {
        byte[] file = Oracle.Cjpeg(TestPictures.Hard(60, 60), "-restart", "1B");
        for (int i = 0; i < file.Length - 1; i++)
        {
            if (file[i] == 0xFF && file[i + 1] is 0xD1 or 0xD4)
                file[i + 1] = 0xD7;
        }

        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), "many.jpg", new ImageReadOptions());
        reader.ReadAll();
        Assert.InRange(reader.Warnings.Count, 1, 8);
        Assert.Contains(reader.Warnings, warning => System.Text.RegularExpressions.Regex.IsMatch(
            warning, @"^damaged: a restart marker is missing or wrong: FFD7 in place of FFD1 at row 0 of 60 \(the first of \d+\)$"));
    }
}
