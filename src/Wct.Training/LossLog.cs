using System.Globalization;

namespace Wct.Training;

/// <summary>The losses of every step, in memory and as <c>losses.csv</c>: step, learning rate, each loss.</summary>
internal sealed class LossLog : IDisposable
{
    /// <summary>Its name in the run's folder.</summary>
    internal const string FileName = "losses.csv";

    private readonly StreamWriter _writer;
    private readonly List<double[]> _rows = [];

    /// <summary>Opens the folder's log; rows behind <paramref name="step"/>, of a run that was killed after its last checkpoint, are dropped.</summary>
    internal LossLog(string folder, IReadOnlyList<string> names, long step)
    {
        Names = names;
        string path = Path.Combine(folder, FileName);
        if (step > 0 && File.Exists(path))
            _rows.AddRange(File.ReadLines(path).Skip(1).Select(Parse).OfType<double[]>().Where(row => row[0] <= step));
        // Whole or not at all: a run that is killed again keeps the rows of its first part.
        using (AtomicFile file = new(path))
        {
            using (StreamWriter writer = new(file.Stream, leaveOpen: true))
            {
                writer.WriteLine($"step,rate,{string.Join(',', names)}");
                foreach (double[] row in _rows)
                    writer.WriteLine(Line(row));
            }

            file.Complete(flushToDisk: false);
        }

        _writer = new StreamWriter(path, append: true);
    }

    /// <summary>Names of the losses.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>[step, rate, losses] each.</summary>
    internal IReadOnlyList<double[]> Rows => _rows;

    internal void Add(long step, double rate, ReadOnlySpan<double> losses)
    {
        double[] row = [step, rate, .. losses];
        _rows.Add(row);
        _writer.WriteLine(Line(row));
    }

    /// <summary>Puts what was added into the file.</summary>
    internal void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    // Steps are whole numbers, however large.
    private static string Line(double[] row) => string.Join(
        ',', row.Select((value, i) => value.ToString(i == 0 ? "0" : "g9", CultureInfo.InvariantCulture)));

    // Null for a line that was cut off, or changed by hand into what is none.
    private double[]? Parse(string line)
    {
        string[] cells = line.Split(',');
        double[] row = new double[Names.Count + 2];
        for (int i = 0; i < row.Length; i++)
        {
            if (cells.Length != row.Length || !double.TryParse(cells[i], CultureInfo.InvariantCulture, out row[i]) || !double.IsFinite(row[i]))
                return null;
        }

        return row;
    }
}
