using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Wct.Benchmarks;

/// <summary>What every benchmark runs under.</summary>
internal sealed class BenchmarkConfiguration : ManualConfig
{
    internal BenchmarkConfiguration(bool quick)
    {
        // In process: the benchmark library knows no project files for newer runtimes than its own.
        Job job = quick ? Job.Dry : Job.MediumRun.WithLaunchCount(1);
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median, new RateColumn());
        AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief);
        WithOptions(ConfigOptions.DisableOptimizationsValidator);
    }
}
