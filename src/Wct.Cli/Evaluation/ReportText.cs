using System.Globalization;
using Wct.Cli.Weights;
using Wct.Training.Evaluation;

namespace Wct.Cli.Evaluation;

/// <summary>Writes an evaluation as text tables.</summary>
internal static class ReportText
{
    internal static void Write(TextWriter output, EvaluationReport report)
    {
        output.WriteLine($"given back: {report.Pictures} pictures");
        PlainTable.Write(
            output, [["level", "PSNR, dB", "SSIM"], .. report.Levels.Select(
                level => new[] { $"{level.Level}", Number(level.Psnr, 2), Number(level.Ssim, 4) })]);
        output.WriteLine();
        output.WriteLine($"stylized: {report.Pairs} pictures");
        PlainTable.Write(output, [["tap", "ln covariance distance to style", "content distance"],
            .. report.Taps.Select(tap => new[] { $"relu{tap.Level}_1", Number(tap.LogCovariance, 4), Number(tap.Content, 4) })]);
    }

    private static string Number(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
