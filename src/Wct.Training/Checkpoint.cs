using System.Globalization;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training;

/// <summary>A run's state between two steps: parameters, the optimizer's running means, the step; chance and data follow from the step.</summary>
internal static class Checkpoint
{
    /// <summary>Its name in the run's folder.</summary>
    internal const string FileName = "checkpoint.safetensors";

    private const string Format = "wct-checkpoint", Version = "1";
    private const string FormatKey = "format", VersionKey = "format_version", RunKey = "run", StepKey = "step", CropKey = "crop";

    /// <summary>Writes a checkpoint; a process that is killed meanwhile leaves the one before.</summary>
    internal static void Save(string folder, string run, ParameterSet parameters, long step, long crop)
    {
        NamedTensor Line(string name, float[] values) => new(name, [values.Length], ElementType.F32, values);
        Safetensors.Write(
            Path.Combine(folder, FileName),
            [Line("values", parameters.Values), Line("mean", parameters.Mean), Line("square", parameters.Square)],
            [
                new(FormatKey, Format), new(VersionKey, Version), new(RunKey, run), new("parts", string.Join(',', parameters.Names)),
                new(StepKey, step.ToString(CultureInfo.InvariantCulture)), new(CropKey, crop.ToString(CultureInfo.InvariantCulture)),
            ]);
    }

    /// <summary>Refuses a folder that holds a run already: a new one would take its curve and its weights.</summary>
    /// <exception cref="InvalidDataException">A checkpoint is there.</exception>
    internal static void CheckNone(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
            throw new InvalidDataException($"{path}: is there already; go on with that run (--resume), or take another folder.");
    }

    /// <summary>Reads a folder's checkpoint into the parameters.</summary>
    /// <returns>The steps done and the crops used.</returns>
    /// <exception cref="InvalidDataException">None is there, or it is of another run.</exception>
    /// <exception cref="WeightsFormatException">It is damaged, or no checkpoint.</exception>
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

    private static void Read(TensorArchive archive, string name, float[] destination)
    {
        float[] values = archive.Find(name)?.Read() ?? throw archive.Fail($"missing {name}");
        if (values.Length != destination.Length)
            throw archive.Fail($"'{name}' has {values.Length} elements, the network has {destination.Length}");
        values.CopyTo(destination, 0);
    }

    private static long Number(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value : throw archive.Fail($"the metadata's '{key}' is no number");
}
