using System.Diagnostics;
using System.Globalization;
using System.Text;
using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>libjpeg-turbo's programs, which tell what a JPEG file means, and what our codec makes of it.</summary>
internal static class Oracle
{
    private const string Package = "libjpeg-turbo-progs";

    /// <summary>Our decoder's picture.</summary>
    internal static Bitmap Decode(byte[] file, string source = "test.jpg")
    {
        using ImageReader reader = JpegCodec.Open(new MemoryStream(file), source, new ImageReadOptions());
        return reader.ReadAll();
    }

    /// <summary>Our encoder's file.</summary>
    internal static byte[] Encode(Bitmap picture, int quality)
    {
        MemoryStream stream = new();
        using ImageWriter writer =
            JpegCodec.Create(stream, picture.Width, picture.Height, picture.Format, new ImageWriteOptions { JpegQuality = quality });
        writer.WriteRows(picture.Pixels);
        writer.Complete();
        return stream.ToArray();
    }

    /// <summary>The picture that djpeg makes of a file.</summary>
    internal static Bitmap Djpeg(string path) => ParseNetpbm(Tool.Run("djpeg", Package, path));

    /// <inheritdoc cref="Djpeg(string)"/>
    internal static Bitmap Djpeg(byte[] file)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("a.jpg"), file);
        return Djpeg(folder.File("a.jpg"));
    }

    /// <summary>The picture that djpeg makes of a damaged file, or null where it gives up; skips where djpeg isn't libjpeg-turbo's.</summary>
    internal static Bitmap? DjpegOfDamaged(byte[] file)
    {
        Assert.SkipUnless(IsTurbo.Value, "needs the program 'djpeg' of libjpeg-turbo 2.1 or later (Debian: libjpeg-turbo-progs)");
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("a.jpg"), file);
        using Process process = Process.Start(new ProcessStartInfo("djpeg", [folder.File("a.jpg")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        errors.Wait();
        // 2 says that there were warnings.
        return process.ExitCode is 0 or 2 ? ParseNetpbm(output.ToArray()) : null;
    }

    // Other programs of this name treat damage in other ways, and so do libjpeg-turbo's of before 2021.
    private static readonly Lazy<bool> IsTurbo = new(() =>
    {
        if (!Programs.Exists("djpeg"))
            return false;
        string text = Programs.Run(TimeSpan.FromSeconds(30), Path.GetTempPath(), "djpeg", "-version").Text;
        System.Text.RegularExpressions.Match version = System.Text.RegularExpressions.Regex.Match(text, @"libjpeg-turbo version (\d+)\.(\d+)");
        return version.Success && (int.Parse(version.Groups[1].Value), int.Parse(version.Groups[2].Value)).CompareTo((2, 1)) >= 0;
    });

    /// <summary>The file that cjpeg makes of a picture.</summary>
    internal static byte[] Cjpeg(Bitmap picture, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        WriteNetpbm(picture, folder.File("a.pnm"));
        return Tool.Run("cjpeg", Package, [.. arguments, folder.File("a.pnm")]);
    }

    /// <summary>Fails unless our decoder gives the very picture that djpeg gives.</summary>
    internal static void AssertSame(Bitmap expected, Bitmap actual, string what)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Format), (actual.Width, actual.Height, actual.Format));
        int at = expected.Pixels.AsSpan().CommonPrefixLength(actual.Pixels);
        if (at < expected.Pixels.Length)
        {
            int x = at % expected.Stride / expected.Format.BytesPerPixel(), y = at / expected.Stride;
            Assert.Fail($"{what}: {expected.Pixels[at]} expected, {actual.Pixels[at]} found at column {x} of row {y}");
        }
    }

    /// <summary>Writes a PPM or PGM file.</summary>
    internal static void WriteNetpbm(Bitmap picture, string path)
    {
        string kind = picture.Format == PixelFormat.Gray8 ? "P5" : "P6";
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes($"{kind}\n{picture.Width} {picture.Height}\n255\n"), .. picture.Pixels]);
    }

    private static Bitmap ParseNetpbm(byte[] file)
    {
        int end = 0;
        for (int lines = 0; lines < 3; end++)
            lines += file[end] == '\n' ? 1 : 0;
        string[] words = Encoding.ASCII.GetString(file, 0, end).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        PixelFormat format = words[0] == "P5" ? PixelFormat.Gray8 : PixelFormat.Rgb24;
        Bitmap picture = new(int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture), format);
        file.AsSpan(end).CopyTo(picture.Pixels);
        return picture;
    }
}
