using System.CommandLine;
using Wct.Net.Models;
using Wct.Net.Onnx;

namespace Wct.Cli.Weights;

/// <summary><c>wct weights export</c>: writes a model's networks in a format that other runtimes read.</summary>
internal static class ExportCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string?> path = new("PATH")
        {
            Description = "A .safetensors file made by 'wct weights import', a folder of published networks, or a feed-forward "
                + "network as 'wct apply' takes it. Without it, or with 'builtin': the built-in model.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Values.Path("PATH"),
        };
        Option<bool> onnx = new("--onnx")
        {
            Description = "The format: one ONNX file per encoder and per decoder, or one for a feed-forward network.",
            Required = true,
        };
        Option<string> output = new("--output", "-o")
        {
            Description = "The folder for the files; it is made if it is not there. Existing files of the same names are replaced.",
            HelpName = "FOLDER",
            Required = true,
            CustomParser = Values.Path("--output"),
        };
        Command command = new("export", "Write a model's networks for other engines.") { path, onnx, output };
        // The parser treats an absent flag as false, even if it is required.
        command.Validators.Add(result =>
        {
            if (!result.GetValue(onnx))
                result.AddError("Option '--onnx' is required");
        });
        command.SetAction(parsed => Run(parsed.GetValue(path), parsed.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static int Run(string? path, string output, CancellationToken cancellationToken)
    {
        if (File.Exists(output))
            throw new Failure($"{output}: is a file, not a folder");
        if (!Directory.Exists(output)
            && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(output)))))
            throw new Failure($"{output}: its folder does not exist");
        if (NetworkInput.Find(path) is { } network)
            return RunNetwork(network, path!, output);
        WctModel model = ModelInput.Load(path, cancellationToken);
        foreach (string file in FileErrors.Naming(output, () => OnnxExport.Write(model, output, cancellationToken)))
            Print(file);
        return ExitCode.Done;
    }

    private static int RunNetwork(StyleNetworkModel network, string path, string output)
    {
        string file = Path.Join(output, Path.GetFileNameWithoutExtension(path) + ".onnx");
        FileErrors.Naming(output, () =>
        {
            Directory.CreateDirectory(output);
            OnnxExport.Write(network, file);
            return true;
        });
        Print(file);
        return ExitCode.Done;
    }

    private static void Print(string file) =>
        Console.Out.WriteLine(FormattableString.Invariant($"{file}: {new FileInfo(file).Length / 1e6:0.0} MB"));
}
