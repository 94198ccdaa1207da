using System.Globalization;
using Wct.Training.Losses;

namespace Wct.Training;

/// <summary>The losses of one step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Losses">Means over the batch.</param>
internal sealed record LossRow(long Step, double Rate, LossValues Losses);

/// <summary>The losses of every step, in memory and in <c>losses.csv</c>: step, learning rate, total loss, and each term under its
/// name.</summary>
internal sealed class LossLog : IDisposable
{
    /// <summary>The file's name in the run's folder.</summary>
    internal const string FileName = "losses.csv";

    private readonly IReadOnlyList<WeightedLoss> _losses;
    private readonly StreamWriter _writer;
    private readonly List<LossRow> _rows = [];

    /// <summary>Opens the folder's log.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="losses">The task's losses.</param>
    /// <param name="step">The step of the checkpoint. Later rows are dropped; a run has them if it was killed after its last
    /// checkpoint.</param>
    internal LossLog(string folder, IReadOnlyList<WeightedLoss> losses, long step)
    {
        _losses = losses;
        string path = Path.Combine(folder, FileName);
        if (step > 0 && File.Exists(path))
            _rows.AddRange(File.ReadLines(path).Skip(1).Select(Parse).OfType<LossRow>().Where(row => row.Step <= step));
        // The file is replaced atomically, so that the rows up to the checkpoint remain even if this process is killed now.
        using (AtomicFile file = new(path))
        {
            using (StreamWriter writer = new(file.Stream, leaveOpen: true))
            {
                writer.WriteLine($"step,rate,{string.Join(',', new LossValues(losses).All.Select(loss => loss.Name))}");
                foreach (LossRow row in _rows)
                    writer.WriteLine(Line(row));
            }

            file.Complete(flushToDisk: false);
        }

        _writer = new StreamWriter(path, append: true);
    }

    /// <summary>All rows, by step.</summary>
    internal IReadOnlyList<LossRow> Rows => _rows;

    internal void Add(LossRow row)
    {
        _rows.Add(row);
        _writer.WriteLine(Line(row));
    }

    /// <summary>Writes added rows to the file.</summary>
    internal void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private static string Line(LossRow row) =>
        string.Join(',', (string[])[$"{row.Step}", Text(row.Rate), .. row.Losses.All.Select(loss => Text(loss.Value))]);

    private static string Text(double value) => value.ToString("g9", CultureInfo.InvariantCulture);

    // Returns null for a line that is cut off or isn't a row of numbers.
    private LossRow? Parse(string line)
    {
        string[] cells = line.Split(',');
        double[] numbers = new double[_losses.Count + 2];
        if (cells.Length != numbers.Length + 1 || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out long step))
            return null;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(cells[i + 1], CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                return null;
        }

        return new LossRow(step, numbers[0], new LossValues(_losses, numbers[1], numbers.AsSpan(2)));
    }
}
