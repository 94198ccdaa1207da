using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Wct.Benchmarks;

/// <summary>The configuration of all benchmarks.</summary>
internal sealed class BenchmarkConfiguration : ManualConfig
{
    // Enough for a median and its spread, with all benchmarks in ten minutes. Longer runs are disturbed more by other work on a shared
    // machine.
    private const int Warmups = 3, Iterations = 11;
    private static readonly TimeInterval Iteration = TimeInterval.FromMilliseconds(250);

    internal BenchmarkConfiguration(bool quick)
    {
        // Benchmarks run in this process, because the benchmark library can't create projects for runtimes newer than its own.
        Job job = quick ? Job.Dry
            : Job.Default.WithLaunchCount(1).WithWarmupCount(Warmups).WithIterationCount(Iterations).WithIterationTime(Iteration);
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median, new RateColumn());
        AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief);
        WithOptions(ConfigOptions.DisableOptimizationsValidator);
    }
}
