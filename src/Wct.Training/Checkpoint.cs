using System.Globalization;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training;

/// <summary>The state of a run between two steps: parameters, Adam's running means, and the step, which determines the random numbers and
/// the crops.</summary>
internal static class Checkpoint
{
    /// <summary>The file's name in the run's folder.</summary>
    internal const string FileName = "checkpoint.safetensors";

    private const string Format = "wct-checkpoint", Version = "1";
    private const string FormatKey = "format", VersionKey = "format_version", RunKey = "run", StepKey = "step", CropKey = "crop";

    /// <summary>Writes a checkpoint. If the process is killed meanwhile, the previous checkpoint remains.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="run">A text with everything that the weights depend on.</param>
    /// <param name="parameters">Parameters and running means.</param>
    /// <param name="step">Number of completed steps.</param>
    /// <param name="crop">Number of used crops.</param>
    internal static void Save(string folder, string run, ParameterSet parameters, long step, long crop)
    {
        NamedTensor Tensor(string name, Memory<float> values) => new(name, [values.Length], ElementType.F32, values.ToArray());
        Safetensors.Write(
            Path.Combine(folder, FileName),
            [Tensor("values", parameters.Values), Tensor("mean", parameters.Mean), Tensor("square", parameters.Square)],
            [
                new(FormatKey, Format), new(VersionKey, Version), new(RunKey, run), new("parts", string.Join(',', parameters.Names)),
                new(StepKey, step.ToString(CultureInfo.InvariantCulture)), new(CropKey, crop.ToString(CultureInfo.InvariantCulture)),
            ]);
    }

    /// <summary>Checks that a folder has no run, because a new run would overwrite its log and weights.</summary>
    /// <exception cref="InvalidDataException">The folder has a checkpoint.</exception>
    internal static void CheckNone(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
            throw new InvalidDataException($"{path}: exists already; continue that run (--resume) or choose another folder.");
    }

    /// <summary>Reads a folder's checkpoint into the parameters.</summary>
    /// <returns>The numbers of completed steps and of used crops.</returns>
    /// <exception cref="InvalidDataException">There is no checkpoint, or it belongs to another run.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or is not a checkpoint.</exception>
    internal static (long Step, long Crop) Load(string folder, string run, ParameterSet parameters)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new InvalidDataException($"{folder}: no checkpoint to resume from.");
        using TensorArchive archive = Safetensors.Open(path);
        string? format = archive.Metadata.GetValueOrDefault(FormatKey), version = archive.Metadata.GetValueOrDefault(VersionKey);
        if (format != Format || version != Version)
            throw archive.Fail($"is '{format}', version '{version}'; checkpoints are '{Format}', version '{Version}'");
        if (!archive.Metadata.TryGetValue(RunKey, out string? own) || own != run)
            throw new InvalidDataException($"{path}: belongs to another run: {own ?? "not stated"}; this one is: {run}");
        Read(archive, "values", parameters.Values);
        Read(archive, "mean", parameters.Mean);
        Read(archive, "square", parameters.Square);
        return (Number(archive, StepKey), Number(archive, CropKey));
    }

    private static void Read(TensorArchive archive, string name, Memory<float> destination)
    {
        float[] values = archive.Find(name)?.Read() ?? throw archive.Fail($"missing {name}");
        if (values.Length != destination.Length)
            throw archive.Fail($"'{name}' has {values.Length} elements, the network has {destination.Length}");
        values.CopyTo(destination);
    }

    private static long Number(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value : throw archive.Fail($"the metadata's '{key}' is not a number");
}
