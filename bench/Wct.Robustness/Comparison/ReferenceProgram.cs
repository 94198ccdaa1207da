using System.Diagnostics;

namespace Wct.Robustness.Comparison;

/// <summary>A format's reference decoder: djpeg of libjpeg-turbo or pngtopnm of Netpbm.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="Arguments">Arguments before the file's name.</param>
internal sealed record ReferenceProgram(string Name, string[] Arguments)
{
    internal static readonly ReferenceProgram Jpeg = new("djpeg", ["-dct", "int"]), Png = new("pngtopnm", []);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Decodes a file. The picture is null if the program's output is incomplete.</summary>
    internal async Task<(RgbaPicture? Picture, string Said)> Decode(string path)
    {
        ProcessStartInfo start = new(Name, [.. Arguments, path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (null, $"{Name} takes more than {Limit.TotalSeconds} s");
        }

        // djpeg exits with 2 after a warning, but writes a complete picture.
        string said = (await errors.ConfigureAwait(false)).ReplaceLineEndings(" ").Trim();
        return (process.ExitCode is 0 or 2 ? NetpbmOutput.Parse(output.ToArray()) : null, said);
    }

    /// <summary>Whether the program is on the path.</summary>
    internal bool Exists => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Name)));
}
