using System.CommandLine;
using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary><c>wct weights inspect</c>: shows the properties and layers of a model or of a feed-forward network.</summary>
internal static class InspectCommand
{
    private static readonly string[] Heading = ["network", "layer", "out x in x kernel", "parameters"];
    private static readonly string[] NetworkHeading = ["layer", "operation", "weights", "parameters"];

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string?> path = new("PATH")
        {
            Description = "A .safetensors file made by 'wct weights import', a folder of published networks, or a feed-forward "
                + "network as 'wct apply' takes it. Without it, or with 'builtin': the built-in model.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Values.Path("PATH"),
        };
        Command command = new("inspect", "Show origin, license and layers of a model or a network.") { path };
        command.SetAction(parsed => Run(parsed.GetValue(path), cancellationToken));
        return command;
    }

    private static int Run(string? path, CancellationToken cancellationToken)
    {
        if (NetworkInput.Find(path) is { } network)
        {
            Write(NetworkSummary.Facts(network), NetworkHeading, NetworkSummary.Layers(network));
            return ExitCode.Done;
        }

        WctModel model = ModelInput.Load(path, cancellationToken);
        Write(
            ModelSummary.Facts(model), Heading,
            ModelSummary.Layers(model).Select(row => new[] { row.Network, row.Layer, row.Shape, row.Parameters }));
        return ExitCode.Done;
    }

    private static void Write(IEnumerable<(string Name, string Value)> facts, string[] heading, IEnumerable<string[]> layers)
    {
        // Origin and license come from the file and may contain any characters.
        foreach ((string name, string value) in facts)
            Console.Out.WriteLine($"{name,-12}{OneLine.Clean(value)}");
        Console.Out.WriteLine();
        string[][] rows = [.. layers];
        if (Console.IsOutputRedirected)
            PlainTable.Write(Console.Out, [heading, .. rows]);
        else
            TerminalTable.Write(heading, rows);
    }
}
