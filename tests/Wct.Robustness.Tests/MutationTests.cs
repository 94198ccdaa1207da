using Wct.Robustness.Mutation;

namespace Wct.Robustness.Tests;

/// <summary>Runs the mutation tests for a short time, and tests that they find each kind of violation.</summary>
public sealed class MutationTests
{
    [Fact]
    public void DamagedPicturesAreReadOrRefused() => AssertHolds(PictureTargets.All(null), 6000);

    [Fact]
    public void DamagedWeightsAreReadOrRefused() => AssertHolds(WeightTargets.All(null), 4000);

    [Fact]
    public void EachWeightSeedCanBeRead()
    {
        IReadOnlyList<MutationTarget> targets = WeightTargets.All(null);
        Assert.Equal(["model", "network", "encoder", "style", "pytorch", "torch7"], targets.Select(target => target.Name));
        Assert.All(targets, target => AssertReads(target, target.Seeds));
    }

    [Fact]
    public void EachPictureSeedCanBeRead()
    {
        IReadOnlyList<MutationTarget> targets = PictureTargets.All(null);
        Assert.Equal(
            ["png", "jpeg", "netpbm", "bmp", "gif", "psd", "hdr", "tga", "webp", "tif", "avif", "jxl", "jp2", "psb"],
            targets.Select(target => target.Name));
        AssertReads(targets[0], PictureSeeds.Encoded(".png"));
        AssertReads(targets[1], PictureSeeds.Encoded(".jpg"));
        AssertReads(targets[2], PictureSeeds.Encoded(".ppm"));
        // PNG files of all kinds, also interlaced ones, written without the library's encoder.
        AssertReads(targets[0], PictureSeeds.Pngs());
        Assert.All(targets.Skip(3), target => AssertReads(target, target.Seeds));
    }

    [Fact]
    public void TheInputDependsOnlyOnSeedAndNumber()
    {
        MutationRun one = new(PictureTargets.All(null), MutationLimits.Default, seed: 5);
        MutationRun other = new(PictureTargets.All(null), MutationLimits.Default, seed: 5);
        for (long number = 0; number < 300; number++)
            Assert.Equal(one.Input(number).File, other.Input(number).File);
        MutationRun differs = new(PictureTargets.All(null), MutationLimits.Default, seed: 6);
        Assert.Contains(Enumerable.Range(0, 300), number => !one.Input(number).File.AsSpan().SequenceEqual(differs.Input(number).File));
    }

    [Fact]
    public void AnUndocumentedExceptionIsAViolation() =>
        AssertViolation("undocumented: System.InvalidTimeZoneException", _ => throw new InvalidTimeZoneException());

    [Fact]
    public void AMessageOfTwoLinesIsAViolation() => AssertViolation("several lines", _ => throw new FormatException("one\ntwo"));

    [Fact]
    public void MemoryBeyondTheLimitIsAViolation() => AssertViolation("bytes of memory", _ => GC.KeepAlive(new byte[2 << 20]));

    [Fact]
    public void AHangIsReportedWhileItLasts()
    {
        using ManualResetEventSlim end = new();
        List<MutationViolation> hung = [];
        Run(_ => end.Wait(), violation =>
        {
            hung.Add(violation);
            end.Set();
        });
        Assert.Contains("takes more than", hung[0].Problem, StringComparison.Ordinal);
        Assert.NotEmpty(hung[0].File);
    }

    // Every seed can be read, and its first bytes are refused. More of a picture may be read, with a warning.
    private static void AssertReads(MutationTarget target, IReadOnlyList<byte[]> seeds)
    {
        Assert.NotEmpty(seeds);
        for (int i = 0; i < seeds.Count; i++)
        {
            byte[] file = seeds[i];
            Assert.True(Record.Exception(() => target.Read(file)) is null, $"{target.Name}, seed {i}: {file.Length} bytes");
            Exception? refusal = Record.Exception(() => target.Read(file[..3]));
            Assert.True(refusal is not null && target.IsDocumented(refusal), $"{target.Name}, 3 bytes of seed {i}: {refusal}");
        }
    }

    private static void AssertHolds(IReadOnlyList<MutationTarget> targets, int count)
    {
        // Only the long run checks the time strictly, because a test machine may be busy.
        MutationLimits patient = MutationLimits.Default with { Time = TimeSpan.FromMinutes(2) };
        MutationRun run = new(targets, patient, seed: 20);
        run.Run(0, count, threads: 1, hung => Assert.Fail($"input {hung.Number}: {hung.Problem}"));
        Assert.Empty(run.Violations.Select(violation => $"input {violation.Number} ({violation.Target}): {violation.Problem}"));
        Assert.Equal(count, Enumerable.Range(0, targets.Count).Sum(i => run.ReadCount(i) + run.RefusedCount(i)));
        for (int i = 0; i < targets.Count; i++)
        {
            // Damage that is always refused, or never, tests little of the reader.
            Assert.True(run.ReadCount(i) > 0, $"{targets[i].Name}: nothing was read");
            Assert.True(run.RefusedCount(i) > 0, $"{targets[i].Name}: nothing was refused");
        }
    }

    private static void AssertViolation(string problem, Action<byte[]> read)
    {
        MutationRun run = Run(read, _ => { });
        Assert.Contains(problem, Assert.Single(run.Violations).Problem, StringComparison.Ordinal);
    }

    private static MutationRun Run(Action<byte[]> read, Action<MutationViolation> hung)
    {
        MutationTarget target = new(
            "test", [[1, 2, 3]], (file, random) => [.. file, (byte)random.Next(256)], read, error => error is FormatException);
        MutationRun run = new([target], new MutationLimits(TimeSpan.FromMilliseconds(200), 1 << 20, long.MaxValue), seed: 1);
        run.Run(0, 1, threads: 1, hung);
        return run;
    }
}
