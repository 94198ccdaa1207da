using System.Diagnostics;
using System.Security.Cryptography;

namespace Wct.Robustness.Comparison;

/// <summary><c>compare</c>: decodes all picture files in folders with Wct.Imaging and with reference programs, and compares the
/// pictures.</summary>
internal static class CompareCommand
{
    private const string DefaultPython = "/usr/bin/python3";

    // Three decoders have the picture in memory at the same time, with four bytes per pixel.
    private const long DefaultMaxPixels = 1 << 26;

    internal static int Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        CommandLine line = new(arguments, "list", "python", "max-pixels");
        string[] folders = line.Rest;
        if (folders.Length == 0)
            throw new UsageException("compare needs a folder");
        foreach (ReferenceProgram program in (ReferenceProgram[])[ReferenceProgram.Jpeg, ReferenceProgram.Png])
        {
            if (!program.Exists)
                throw new UsageException($"compare needs {program.Name} (Debian: libjpeg-turbo-progs, netpbm)");
        }

        Stopwatch clock = Stopwatch.StartNew();
        long maxPixels = line.Number("max-pixels", DefaultMaxPixels);
        using Pillow pillow = new(line.Text("python", DefaultPython), maxPixels);
        FileComparer comparer = new(pillow, maxPixels);
        HashSet<string> seen = [];
        List<FileComparison> results = [];
        OtherFormats others = new(maxPixels);
        int tooLarge = 0;
        foreach (string path in folders.SelectMany(Files))
        {
            byte[] bytes = File.ReadAllBytes(path);
            string? format = FileComparer.IsJpeg(bytes) is null ? OtherFormats.NameOf(bytes) : null;
            if ((FileComparer.IsJpeg(bytes) ?? (format is null ? null : false)) is not { } jpeg
                || !seen.Add(Convert.ToHexString(SHA256.HashData(bytes))))
                continue;
            if (format is not null)
            {
                others.Compare(path, format);
                continue;
            }

            if (HeaderSize.Pixels(bytes, jpeg) > maxPixels)
            {
                tooLarge++;
                continue;
            }

            results.Add(comparer.Compare(path, jpeg));
            if (results.Count % 500 == 0)
                Console.Error.WriteLine($"{results.Count} files, {clock.Elapsed.TotalSeconds:F0} s");
        }

        if (results.Count + others.Count == 0)
            throw new UsageException("compare found no picture");
        if (line.Text("list", "") is { Length: > 0 } list)
            File.WriteAllLines(list, [.. results.Select(ComparisonReport.Line), .. others.Lines]);
        if (results.Count > 0)
            ComparisonReport.Write(results, pillow.Version, output);
        others.Write(output);
        output.WriteLine(
            $"{results.Count + others.Count} different files in {clock.Elapsed.TotalSeconds:F0} s; {tooLarge} more have over "
                + $"{maxPixels} pixels and were left out");
        return results.Exists(result => result.WronglyRefused) || others.AnyRefused ? 1 : 0;
    }

    private static IEnumerable<string> Files(string folder) => File.Exists(folder)
        ? [folder]
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
