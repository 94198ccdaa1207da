using System.Globalization;

namespace Wct.Training;

/// <summary>The losses of every step, in memory and as <c>losses.csv</c>: step, learning rate, each loss.</summary>
internal sealed class LossLog : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly List<double[]> _rows = [];

    /// <summary>Opens the folder's log; rows behind <paramref name="step"/>, of a run that was killed after its last checkpoint, are dropped.</summary>
    internal LossLog(string folder, IReadOnlyList<string> names, long step)
    {
        Names = names;
        string path = Path.Combine(folder, "losses.csv");
        string[] kept = step > 0 && File.Exists(path) ? [.. File.ReadLines(path).Skip(1).Where(line => Step(line) is { } at && at <= step)] : [];
        _rows.AddRange(kept.Select(Parse));
        _writer = new StreamWriter(path, append: false);
        _writer.WriteLine($"step,rate,{string.Join(',', names)}");
        foreach (string line in kept)
            _writer.WriteLine(line);
    }

    /// <summary>Names of the losses.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>[step, rate, losses] each.</summary>
    internal IReadOnlyList<double[]> Rows => _rows;

    internal void Add(long step, double rate, ReadOnlySpan<double> losses)
    {
        double[] row = [step, rate, .. losses];
        _rows.Add(row);
        _writer.WriteLine(string.Join(',', row.Select(value => value.ToString("g9", CultureInfo.InvariantCulture))));
    }

    /// <summary>Puts what was added into the file.</summary>
    internal void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private double[] Parse(string line) => [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    // A line that was cut off has no full row.
    private long? Step(string line)
    {
        string[] cells = line.Split(',');
        return cells.Length == Names.Count + 2 && long.TryParse(cells[0], CultureInfo.InvariantCulture, out long step) ? step : null;
    }
}
