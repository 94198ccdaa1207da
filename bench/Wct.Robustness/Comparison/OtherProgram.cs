using System.Diagnostics;

namespace Wct.Robustness.Comparison;

/// <summary>Decodes files with ImageMagick's convert, libheif's heif-convert or libjxl's djxl.</summary>
internal static class OtherProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Decodes the first picture of a file. The picture is null if the program refuses it.</summary>
    /// <exception cref="UsageException">The program is missing.</exception>
    internal static (RgbaPicture? Picture, string Said) Decode(string path, string format)
    {
        if (format is not ("HEIC" or "AVIF" or "JPEG XL"))
            return Magick($"{path}[0]", "-auto-orient");
        string png = Path.Combine(Path.GetTempPath(), $"wct-compare-{Environment.ProcessId}.png");
        try
        {
            (byte[] _, string said) = format == "JPEG XL" ? Run("djxl", path, png) : Run("heif-convert", path, png);
            // heif-convert numbers the files if there are several pictures. The first one is the primary one.
            string first = Path.ChangeExtension(png, null) + "-1.png";
            string decoded = File.Exists(png) ? png : first;
            return File.Exists(decoded) ? Magick(decoded) : (null, said);
        }
        finally
        {
            foreach (string file in Directory.GetFiles(Path.GetTempPath(), $"wct-compare-{Environment.ProcessId}*"))
                File.Delete(file);
        }
    }

    private static (RgbaPicture?, string) Magick(string path, params string[] operations)
    {
        (byte[] output, string said) = Run(
            "convert", [path, .. operations, "-format", "%w %h\n", "-write", "info:-", "-depth", "16", "-endian", "MSB", "rgba:-"]);
        int line = Array.IndexOf(output, (byte)'\n');
        if (line < 0)
            return (null, said);
        int[] sides = [.. System.Text.Encoding.ASCII.GetString(output, 0, line).Split(' ').Select(int.Parse)];
        ReadOnlySpan<byte> samples = output.AsSpan(line + 1);
        byte[] pixels = new byte[checked(4 * sides[0] * sides[1])];
        if (samples.Length != 2 * pixels.Length)
            return (null, $"{said} incomplete output");
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((samples[2 * i] << 8) + samples[(2 * i) + 1] + 128) / 257);
        return (new RgbaPicture(sides[0], sides[1], pixels), said);
    }

    private static (byte[] Output, string Said) Run(string name, params string[] arguments)
    {
        ProcessStartInfo start = new(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            using Timer limit = new(_ => process.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using MemoryStream output = new();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (output.ToArray(), errors.Result.Split('\n')[0].Trim());
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UsageException($"compare needs {name} (Debian: imagemagick, libheif-examples, libjxl-tools): {error.Message}");
        }
    }
}
