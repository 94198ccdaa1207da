using System.CommandLine;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Weights;

/// <summary>Writes the model file of a command.</summary>
internal static class ModelOutput
{
    internal static Option<string> Option() => new("--output", "-o")
    {
        Description = "The model file, by convention .safetensors. An existing file is replaced.",
        HelpName = "FILE",
        Required = true,
        CustomParser = Values.Path("--output"),
    };

    /// <summary>Checks before long work begins whether a model can be written.</summary>
    /// <exception cref="Failure">The file can't be written; the message begins with the path.</exception>
    internal static void Check(string path) => FileErrors.Naming(path, () =>
    {
        new AtomicFile(path).Dispose();
        return true;
    });

    /// <summary>Writes a model, and prints a line about it.</summary>
    /// <exception cref="Failure">The file can't be written; the message begins with the path.</exception>
    internal static void Write(WctModel model, string path, ElementType type)
    {
        long bytes = FileErrors.Naming(path, () =>
        {
            model.Save(path, type);
            return new FileInfo(path).Length;
        });
        string levels = string.Concat(model.Levels.Select(level => level.Level));
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{path}: levels {levels}, {ModelSummary.Number(model.Parameters)} parameters, {type}, {bytes / 1e6:0.0} MB"));
    }
}
