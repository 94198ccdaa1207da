using System.CommandLine;
using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary><c>wct weights inspect</c>: shows a model's properties and layers.</summary>
internal static class InspectCommand
{
    private static readonly string[] Heading = ["network", "layer", "out x in x kernel", "parameters"];

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string?> path = new("PATH")
        {
            Description = "A .safetensors file made by 'wct weights import', or a folder of published networks. Without it, or with "
                + "'builtin': the built-in model.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Values.Path("PATH"),
        };
        Command command = new("inspect", "Show a model's origin, license, levels and layers.") { path };
        command.SetAction(parsed => Run(parsed.GetValue(path), cancellationToken));
        return command;
    }

    private static int Run(string? path, CancellationToken cancellationToken)
    {
        WctModel model = ModelInput.Load(path, cancellationToken);
        // Origin and license come from the file and may contain any characters.
        foreach ((string name, string value) in ModelSummary.Facts(model))
            Console.Out.WriteLine($"{name,-12}{OneLine.Clean(value)}");
        Console.Out.WriteLine();
        string[][] rows = [.. ModelSummary.Layers(model).Select(row => new[] { row.Network, row.Layer, row.Shape, row.Parameters })];
        if (Console.IsOutputRedirected)
            PlainTable.Write(Console.Out, [Heading, .. rows]);
        else
            TerminalTable.Write(Heading, rows);
        return ExitCode.Done;
    }
}
