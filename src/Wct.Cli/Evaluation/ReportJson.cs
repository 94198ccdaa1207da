using System.Text.Json;
using Wct.Training.Evaluation;

namespace Wct.Cli.Evaluation;

/// <summary>Writes an evaluation as JSON.</summary>
internal static class ReportJson
{
    internal static bool Write(string path, EvaluationReport report)
    {
        using AtomicFile file = new(path);
        using (Utf8JsonWriter json = new(file.Stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("pictures", report.Pictures);
            json.WriteNumber("pairs", report.Pairs);
            Array(json, "levels", report.Levels, level => ("level", level.Level, "psnr", level.Psnr, "ssim", level.Ssim));
            Array(json, "taps", report.Taps, tap => ("level", tap.Level, "log_covariance", tap.LogCovariance, "content", tap.Content));
            json.WriteEndObject();
        }

        file.Complete(flushToDisk: false);
        return true;
    }

    private static void Array<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> items, Func<T, (string, int, string, double, string, double)> fields)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            (string level, int number, string first, double one, string second, double two) = fields(item);
            json.WriteStartObject();
            json.WriteNumber(level, number);
            Number(json, first, one);
            Number(json, second, two);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The PSNR of equal pictures is infinite, which JSON can't represent.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
