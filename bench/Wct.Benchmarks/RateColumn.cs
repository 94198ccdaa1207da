using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Wct.Benchmarks;

/// <summary>A benchmark with a known amount of work.</summary>
internal interface ICounted
{
    /// <summary>Floating-point operations, or bytes read and written, of one call with the current parameters.</summary>
    double Work { get; }

    /// <summary>The unit of the work per nanosecond: "GFLOP/s" or "GB/s".</summary>
    string Unit { get; }
}

/// <summary>A column with the work per second, from the median time.</summary>
internal sealed class RateColumn : IColumn
{
    public string Id => nameof(RateColumn);

    public string ColumnName => "Rate";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Work of one call, counted from its definition, per second";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Median;
        if (nanoseconds is null || Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not ICounted counted)
            return "-";
        foreach (var parameter in benchmarkCase.Parameters.Items)
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(counted, parameter.Value);
        return string.Create(CultureInfo.InvariantCulture, $"{counted.Work / nanoseconds.Value:F1} {counted.Unit}");
    }

    public override string ToString() => ColumnName;
}
