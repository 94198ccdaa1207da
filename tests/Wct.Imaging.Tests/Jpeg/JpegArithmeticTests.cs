using System.Security.Cryptography;
using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Files with arithmetic coding, intact or damaged, are decoded like djpeg does.</summary>
public class JpegArithmeticTests
{
    // Made by cjpeg 2.1.5: 40x32 gray pixels, with a restart marker after every 3 blocks; the same picture, progressive.
    private const string Restarts =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/yQAL"
        + "CAAgACgBAREA/8wABgAQEAX/3QAEAAP/2gAIAQEAAD8Ar/larLk/EyamTBviEgdC5MIIpD4UitDz5KVN6DY/Ft4ZRiT2KT/y/9D9wNzfjJOQFicPwrNmcPxR7GqQ"
        + "UJFtepsvDovn7EcOTAXoBjLkD9tJ8nj/0dFmf9a6uiTjVxkWF/RyQl/gkNZ89mYkneaEJnIC4MPubm7aAKNYxEvJAZrqUhT/0v7uFJTD9F2qDaXhp41eX6MDNF8q"
        + "VExccWMdZjefg2VlPOw3N4cdVzKg/9PRXBEKJ+gcvr4JSZdKDegG/H2xqCcMLDFo8sl2S0DLvzwcCA4i/9T1nbpwgBYu8FBponBZj6Rc12Mu1x6bLIimKtkdxzyj"
        + "KXRiDX/z39iXPWCb/9XOqD0s6UnWawFNeDpMO+0js0MARfSYdnSB4xKal6NsUP/Z";

    private const string Progressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/ygAL"
        + "CAAgACgBAREA/8wABAAQ/9oACAEBAAAAAReQSSo4UOnrsY4jvjTTJUD/zAAEEAX/2gAIAQEAAQUCEGkWGeyAaNx3AEc/Z1Y9ijH+ZXFbhXehZLB145SXD4EjMlFg"
        + "dzDr4ZgQ/8wABBAF/9oACAEBAAY/ApXMrFRjGYBMaeBX/ImA/8wABBAF/9oACAEBAAE/IbxELiamk1J82tAWfmxybpbrT4xUbEGmGc4hjjXH0CrJOxL+DMJcqK4l"
        + "jgUB/wDxTjJIbKt+v7D2bR0gEv/aAAgBAQAAABCoeBj/zAAEEAX/2gAIAQEAAT8QuOgle30XFViqr+TXeNQpBUb5cckd3QjXeI1GTOt441+L4N5onvFqB7/5/wDW"
        + "SGLYUYyI4w+vD93LDc6wqPlWG/jtaIZq12/Sqq0MNd5NAIiKBU5zwtlt/9k=";

    public static TheoryData<string> Kinds =>
    [
        "", "-grayscale", "-sample 1x1", "-sample 2x1,1x1,1x2", "-rgb", "-restart 1", "-restart 3B", "-progressive",
        "-progressive -grayscale", "-progressive -restart 2B", "-scans DC", "-scans BANDS", "-scans BITS", "-scans ALONE",
    ];

    [Theory]
    [InlineData(Restarts)]
    [InlineData(Progressive)]
    public void Stored_files_come_out_as_libjpeg_turbo_decoded_them_once(string file)
    {
        MemoryStream stream = new(Convert.FromBase64String(file));
        using ImageReader reader = new JpegFormat().Open(stream, "arithmetic.jpg", new ImageReadOptions { Strict = true });
        Assert.Equal("44A1F6C9A0E34444", Convert.ToHexString(SHA256.HashData(reader.ReadAll().Bytes))[..16]);
        Assert.Empty(reader.Warnings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decodes_every_kind_and_quality(string arguments)
    {
        (int, int)[] sizes = [(1, 1), (17, 1), (33, 31), (131, 50)];
        foreach ((int width, int height) in sizes)
        {
            foreach (string quality in new[] { "3", "40", "75", "100" })
            {
                byte[] file = Make(TestPictures.Hard(width, height), arguments, quality);
                Assert.NotEqual(-1, Enumerable.Range(0, 300).FirstOrDefault(at => file[at] == 0xFF && file[at + 1] is 0xC9 or 0xCA, -1));
                PixelImage expected = Oracle.Djpeg(file);
                Oracle.AssertSame(expected, Oracle.Decode(file), $"{arguments}: {width}x{height}, quality {quality}");
                JpegStreamingTests.AssertReadsInPieces(file, expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_ones_come_out_as_djpeg_decodes_them(string arguments)
    {
        byte[] file = Make(TestPictures.Hard(61, 43), arguments, "60");
        int data = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 8, compared = 0;
        for (int seed = 0; seed < 24; seed++)
        {
            Random random = new(seed);
            byte[] damaged = seed % 3 == 0
                ? file[..random.Next(data, file.Length)]
                : [.. file[..data], .. Damage.Mutate(file[data..], random)];
            if (Oracle.DjpegOfDamaged(damaged) is not PixelImage expected || Problem(damaged, out PixelImage? actual) is not null)
                continue;
            Oracle.AssertSame(expected, actual!, $"{arguments}: seed {seed}");
            compared++;
        }

        Assert.InRange(compared, 12, 24);
    }

    [Fact]
    public void Conditioning_changes_the_decoded_picture()
    {
        byte[] file = Convert.FromBase64String(Progressive);
        // libjpeg-turbo's encoder can't write another conditioning. With it, the same data gives another picture, with djpeg too.
        byte[] other = [.. file[..2], 0xFF, 0xCC, 0, 6, 0x00, 0x42, 0x10, 20, .. JpegSegments.Without(file, 0xCC)[2..]];
        for (int at = 0; at < other.Length - 5; at++)
        {
            if (other[at] == 0xFF && other[at + 1] == 0xCC && at > 2)
                (other[at + 4], other[at + 5]) = other[at + 4] == 0 ? ((byte)0, (byte)0x42) : ((byte)0x10, (byte)20);
        }

        Assert.Null(Problem(other, out PixelImage? actual));
        Assert.NotEqual(Oracle.Decode(file).Bytes, actual!.Bytes);
        Oracle.AssertSame(Assert.IsType<PixelImage>(Oracle.DjpegOfDamaged(other)), actual, "conditioning");
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 0x10 }, "sets table 0 of class 2, classes go to 1")]
    [InlineData(new byte[] { 0x01, 0x23 }, "sets the bounds 3 and 2, the first must not be above the second")]
    [InlineData(new byte[] { 0x01 }, "ends too soon")]
    public void Says_what_is_wrong_with_conditioning(byte[] payload, string problem)
    {
        byte[] file = JpegSegments.With(Convert.FromBase64String(Restarts), 0xCC, payload);
        Assert.Contains(problem, Problem(file, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_files_without_visible_data()
    {
        byte[] file = Convert.FromBase64String(Restarts);
        byte[] head = file[..(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10)];
        Assert.Equal("truncated in scan data at row 0 of 32, before anything can be seen", Problem(head, out _));
        byte[] cut = file[..^60];
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(cut), "cut.jpg", new ImageReadOptions());
        reader.ReadAll();
        Assert.Contains("truncated: no end-of-image marker", reader.Warnings);
    }

    [Fact]
    public void Takes_a_picture_of_one_color_whose_scan_is_empty()
    {
        PixelImage gray = new(8, 8, PixelLayout.Gray8);
        gray.Bytes.AsSpan().Fill(128);
        byte[] file = Make(gray, "", "75");
        Assert.Equal([0xFF, 0xD9], file[(JpegSegments.Find(file, 0xDA) + 10)..]);
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), "gray.jpg", new ImageReadOptions { Strict = true });
        Oracle.AssertSame(gray, reader.ReadAll(), "gray");
        Assert.Empty(reader.Warnings);
    }

    [Fact]
    public void Refuses_endless_scans_that_cost_no_bytes()
    {
        // 4096x4096 gray pixels have 262144 blocks, and every scan has all of their coefficients.
        List<byte> file = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        file.AddRange([0xFF, 0xCA, 0, 11, 8, 0x10, 0, 0x10, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 1, 2, 3]);
        for (int i = 0; i < 3000; i++)
            file.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 1, 2, 3]);
        Assert.StartsWith("too many scans: ", Problem([.. file], out _), StringComparison.Ordinal);
    }

    private static byte[] Make(PixelImage picture, string arguments, string quality)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("DC"), "0 1 2: 0-0, 0, 0;\n");
        File.WriteAllText(folder.File("BANDS"), "0 1 2: 0-0, 0, 1;\n0: 6-63, 0, 0;\n0 1 2: 0-0, 1, 0;\n2: 1-5, 0, 0;\n");
        string bits = "0 1 2: 0-0, 0, 2;\n0: 1-63, 0, 3;\n0: 1-63, 3, 2;\n0: 1-63, 2, 1;\n0: 1-63, 1, 0;\n0 1 2: 0-0, 2, 1;\n";
        File.WriteAllText(folder.File("BITS"), bits);
        File.WriteAllText(folder.File("ALONE"), "0;\n1 2;\n");
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int scans = Array.IndexOf(words, "-scans");
        if (scans >= 0)
            words[scans + 1] = folder.File(words[scans + 1]);
        return Oracle.Cjpeg(picture, ["-arithmetic", "-quality", quality, .. words]);
    }

    private static string? Problem(byte[] file, out PixelImage? picture)
    {
        picture = null;
        try
        {
            picture = Oracle.Decode(file);
            return null;
        }
        catch (ImageFormatException failure)
        {
            return failure.Problem;
        }
    }
}
