using System.Diagnostics;

namespace Wct.Robustness.Mutation;

/// <summary><c>mutate-pictures</c> and <c>mutate-weights</c>: reads large numbers of damaged files.</summary>
internal static class MutateCommand
{
    private const int FirstSeed = 1;

    // Small enough that a damaged size needs little memory and time.
    private const long DefaultMaxPixels = 1 << 16;

    // A picture and its rows while they are read.
    private const long BytesPerPixel = 8;

    internal static int Run(ReadOnlySpan<string> arguments, Func<string?, long, IReadOnlyList<MutationTarget>> targets, TextWriter output)
    {
        CommandLine line = new(arguments, "count", "first", "seed", "threads", "seeds", "keep", "memory", "formats", "max-pixels");
        if (line.Rest.Length > 0)
            throw new UsageException($"unknown argument {line.Rest[0]}");
        long count = line.Number("count", 100_000), first = line.Number("first", 0);
        int threads = (int)Math.Clamp(line.Number("threads", Environment.ProcessorCount), 1, 256);
        string keep = line.Text("keep", Path.Combine(Path.GetTempPath(), "wct-robustness"));
        long growth = line.Number("memory", MutationLimits.Default.Growth >> 20) << 20;
        long maxPixels = line.Number("max-pixels", DefaultMaxPixels);
        MutationLimits limits = new(
            MutationLimits.Default.Time, Math.Min(growth, MutationLimits.Default.Allocation + BytesPerPixel * maxPixels), growth);
        IReadOnlyList<MutationTarget> all = Chosen(
            targets(line.Text("seeds", "") is { Length: > 0 } folder ? folder : null, maxPixels), line.Text("formats", ""));
        MutationRun run = new(all, limits, (int)line.Number("seed", FirstSeed));
        Stopwatch clock = Stopwatch.StartNew();
        run.Run(first, count, threads, hung =>
        {
            Tell(hung, keep, output);
            output.Flush();
            Environment.Exit(1);
        });
        TimeSpan time = clock.Elapsed;
        for (int i = 0; i < all.Count; i++)
            output.WriteLine($"{all[i].Name,-12} {all[i].Seeds.Count,6} seeds {run.ReadCount(i),12} read {run.RefusedCount(i),12} refused");
        output.WriteLine($"slowest: input {run.Slowest.Number} with {run.Slowest.Time.TotalMilliseconds:F1} ms");
        output.WriteLine($"memory: {run.MostAllocated / 1024.0:F0} KB for one input at most; the process up to {run.Peak >> 20} MB");
        run.Violations.ForEach(violation => Tell(violation, keep, output));
        output.WriteLine(
            $"{count} inputs in {time.TotalSeconds:F1} s, {count / time.TotalSeconds:F0} a second: {run.Violations.Count} violations");
        return run.Violations.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<MutationTarget> Chosen(IReadOnlyList<MutationTarget> all, string names)
    {
        if (names.Length == 0)
            return all;
        return
        [
            .. names.Split(',').Select(name => all.FirstOrDefault(target => target.Name == name) ?? throw new UsageException(
                $"there is no format '{name}'; there are {string.Join(", ", all.Select(target => target.Name))}")),
        ];
    }

    private static void Tell(MutationViolation violation, string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{violation.Target}-{violation.Number}.bin");
        File.WriteAllBytes(path, violation.File);
        output.WriteLine($"VIOLATION: input {violation.Number} ({violation.Target}), kept as {path}: {violation.Problem}");
    }
}
