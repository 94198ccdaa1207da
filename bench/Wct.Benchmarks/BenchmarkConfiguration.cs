using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Wct.Benchmarks;

/// <summary>What every benchmark runs under.</summary>
internal sealed class BenchmarkConfiguration : ManualConfig
{
    // Enough for a median and its spread, and all benchmarks in ten minutes: longer runs meet more of a shared machine's other work.
    private const int Warmups = 3, Iterations = 11;
    private static readonly TimeInterval Iteration = TimeInterval.FromMilliseconds(250);

    internal BenchmarkConfiguration(bool quick)
    {
        // In process: the benchmark library knows no project files for newer runtimes than its own.
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
