using System.Globalization;
using Wct.Net.Weights;

namespace Wct.Training.Optimization;

/// <summary>The state of an optimization of pixels between two steps.</summary>
/// <param name="Scale">The index of the size, from 0 for the smallest.</param>
/// <param name="Step">The number of completed steps at this size.</param>
/// <param name="Evaluations">The number of evaluations so far.</param>
/// <param name="Value">The total loss of the current picture.</param>
/// <param name="BestValue">The total loss of the best picture.</param>
internal sealed record PixelCheckpoint(int Scale, int Step, long Evaluations, double Value, double BestValue)
{
    private const string Format = "wct-pixels", Version = "1";

    /// <summary>The values of the losses, times their weights.</summary>
    internal required IReadOnlyList<double> Weighted { get; init; }

    /// <summary>Writes a checkpoint. If the process is killed meanwhile, the previous checkpoint remains.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">A text with everything that the result depends on.</param>
    /// <param name="tensors">The state of the optimizer and of the losses.</param>
    internal void Save(string path, string run, IReadOnlyList<NamedTensor> tensors) => Safetensors.Write(path, tensors,
    [
        new("format", Format), new("format_version", Version), new("run", run), new("scale", Text(Scale)), new("step", Text(Step)),
        new("evaluations", Text(Evaluations)), new("value", Text(Value)), new("best_value", Text(BestValue)),
        new("losses", string.Join(' ', Weighted.Select(Text))),
    ]);

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="run">A text with everything that the result depends on.</param>
    /// <param name="losses">The number of losses.</param>
    /// <exception cref="InvalidDataException">It belongs to another run.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or is not a checkpoint of this kind.</exception>
    internal static (PixelCheckpoint Checkpoint, TensorArchive Archive) Open(string path, string run, int losses)
    {
        TensorArchive archive = Safetensors.Open(path);
        try
        {
            if (archive.Metadata.GetValueOrDefault("format") is var format && format != Format)
                throw archive.Fail($"is '{format}', a checkpoint of an optimization is '{Format}'");
            if (archive.Metadata.GetValueOrDefault("format_version") is var version && version != Version)
                throw archive.Fail($"has version '{version}', this program reads version '{Version}'");
            if (archive.Metadata.GetValueOrDefault("run") is var own && own != run)
                throw new InvalidDataException($"{path}: belongs to another run: {own ?? "not stated"}; this one is: {run}");
            double[] weighted = [.. (archive.Metadata.GetValueOrDefault("losses") ?? "").Split(' ').Select(text => Number(archive, text))];
            if (weighted.Length != losses)
                throw archive.Fail($"has {weighted.Length} losses, the run has {losses}");
            double Read(string key) => Number(archive, archive.Metadata.GetValueOrDefault(key));
            return (new PixelCheckpoint((int)Read("scale"), (int)Read("step"), (long)Read("evaluations"), Read("value"), Read("best_value"))
            {
                Weighted = weighted,
            }, archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static double Number(TensorArchive archive, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : throw archive.Fail($"'{text}' in the metadata is not a number");
}
