using System.CommandLine;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Weights;

/// <summary><c>wct weights import</c>: converts published networks to one model file.</summary>
internal static class ImportCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string> folder = new("FOLDER")
        {
            Description = "Published networks: vgg_normalised_conv{1..5}_1 and feature_invertor_conv{1..5}_1 (.pth or .t7), or "
                + "{1..5}SE.pth and {1..5}SD.pth.",
            CustomParser = Values.Path("FOLDER"),
        };
        Option<string> output = ModelOutput.Option();
        Option<bool> force = ForceOption.Create();
        Option<bool> half =
            new("--half") { Description = "Store weights in half precision (F16): half the size, differences of about 0.05 % per weight." };
        Command command = new(
            "import", "Turn a folder of published networks into one model file, which loads faster.") { folder, output, half, force };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder), parsed.GetRequiredValue(output), parsed.GetValue(half) ? ElementType.F16 : ElementType.F32,
            parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static int Run(string folder, string output, ElementType type, bool force, CancellationToken cancellationToken)
    {
        if (!force)
            new InputGuard([folder]).Check(output);
        // Detects a folder that can't be written before gigabytes are read.
        ModelOutput.Check(output);
        WctModel model = ModelInput.Load(folder, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        ModelOutput.Write(model, output, type);
        return ExitCode.Done;
    }
}
