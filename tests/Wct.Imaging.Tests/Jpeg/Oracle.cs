using System.Diagnostics;
using System.Globalization;
using System.Text;
using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Runs libjpeg-turbo's programs as an oracle, and our codec for comparison.</summary>
internal static class Oracle
{
    private const string Package = "libjpeg-turbo-progs";

    /// <summary>Decodes a file with our decoder.</summary>
    internal static PixelImage Decode(byte[] file, string source = "test.jpg")
    {
        using ImageReader reader = new JpegFormat().Open(new MemoryStream(file), source, new ImageReadOptions());
        return reader.ReadAll();
    }

    /// <summary>Encodes a picture with our encoder.</summary>
    internal static byte[] Encode(PixelImage picture, int quality)
    {
        MemoryStream stream = new();
        using ImageWriter writer =
            new JpegFormat().Create(
                stream, ".jpg", picture.Width, picture.Height, picture.Layout, new JpegWriteOptions { Quality = quality });
        writer.WriteRows(picture.Bytes);
        writer.Complete();
        return stream.ToArray();
    }

    /// <summary>Decodes a file with djpeg.</summary>
    internal static PixelImage Djpeg(string path) => ParseNetpbm(Tool.Run("djpeg", Package, path));

    /// <inheritdoc cref="Djpeg(string)"/>
    internal static PixelImage Djpeg(byte[] file)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("a.jpg"), file);
        return Djpeg(folder.File("a.jpg"));
    }

    /// <summary>Decodes a damaged file with djpeg; null if djpeg refuses it. Skips the test if djpeg is not libjpeg-turbo's.</summary>
    internal static PixelImage? DjpegOfDamaged(byte[] file)
    {
        Assert.SkipUnless(IsTurbo.Value, "needs the program 'djpeg' of libjpeg-turbo 2.1 or later (Debian: libjpeg-turbo-progs)");
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("a.jpg"), file);
        using Process process = Process.Start(
            new ProcessStartInfo("djpeg", [folder.File("a.jpg")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        errors.Wait();
        // Exit code 2 means that there were warnings.
        return process.ExitCode is 0 or 2 ? ParseNetpbm(output.ToArray()) : null;
    }

    // Other programs with this name, and libjpeg-turbo before 2021, handle damage differently.
    private static readonly Lazy<bool> IsTurbo = new(() =>
    {
        if (!Programs.Exists("djpeg"))
            return false;
        string text = Programs.Run(TimeSpan.FromSeconds(30), Path.GetTempPath(), "djpeg", "-version").Text;
        System.Text.RegularExpressions.Match version =
            System.Text.RegularExpressions.Regex.Match(text, @"libjpeg-turbo version (\d+)\.(\d+)");
        return version.Success && (int.Parse(version.Groups[1].Value), int.Parse(version.Groups[2].Value)).CompareTo((2, 1)) >= 0;
    });

    /// <summary>Encodes a picture with cjpeg.</summary>
    internal static byte[] Cjpeg(PixelImage picture, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        WriteNetpbm(picture, folder.File("a.pnm"));
        return Tool.Run("cjpeg", Package, [.. arguments, folder.File("a.pnm")]);
    }

    /// <summary>Checks that two pictures are equal, and names the first byte that differs.</summary>
    internal static void AssertSame(PixelImage expected, PixelImage actual, string what)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (actual.Width, actual.Height, actual.Layout));
        int at = expected.Bytes.AsSpan().CommonPrefixLength(actual.Bytes);
        if (at < expected.Bytes.Length)
        {
            int x = at % expected.Stride / expected.Layout.BytesPerPixel(), y = at / expected.Stride;
            Assert.Fail($"{what}: {expected.Bytes[at]} expected, {actual.Bytes[at]} found at column {x} of row {y}");
        }
    }

    /// <summary>Writes a PPM or PGM file.</summary>
    internal static void WriteNetpbm(PixelImage picture, string path)
    {
        string kind = picture.Layout == PixelLayout.Gray8 ? "P5" : "P6";
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes($"{kind}\n{picture.Width} {picture.Height}\n255\n"), .. picture.Bytes]);
    }

    private static PixelImage ParseNetpbm(byte[] file)
    {
        int end = 0;
        for (int lines = 0; lines < 3; end++)
            lines += file[end] == '\n' ? 1 : 0;
        string[] words = Encoding.ASCII.GetString(file, 0, end).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        PixelLayout format = words[0] == "P5" ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        PixelImage picture = new(
            int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture), format);
        file.AsSpan(end).CopyTo(picture.Bytes);
        return picture;
    }
}
