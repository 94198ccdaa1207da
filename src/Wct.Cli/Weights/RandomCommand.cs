using System.CommandLine;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Weights;

/// <summary><c>wct weights random</c>: creates a model with random weights, which is useless for pictures but as fast as a trained
/// model.</summary>
internal static class RandomCommand
{
    private static readonly (string Name, IReadOnlyList<int> Widths)[] Architectures =
        [("vgg19", RandomModel.FullWidths), ("compact", RandomModel.CompactWidths)];

    internal static Command Create(CancellationToken cancellationToken)
    {
        Option<string> architecture = new("--architecture")
        {
            Description = "Widths of the networks: vgg19 (64 to 512 channels) or compact (16 to 128).",
            HelpName = string.Join('|', Architectures.Select(known => known.Name)),
            DefaultValueFactory = _ => Architectures[0].Name,
            CustomParser = Values.OneOf("--architecture", [.. Architectures.Select(known => known.Name)]),
        };
        Option<long> seed = new("--seed")
        {
            Description = "The same seed gives the same file.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = Values.Whole("--seed", 0, int.MaxValue),
        };
        Option<string> output = ModelOutput.Option();
        Command command = new(
            "random", "Make a model with random weights, for tests and for measuring speed.") { architecture, seed, output };
        command.SetAction(
            parsed => Run(
                parsed.GetRequiredValue(architecture), (int)parsed.GetValue(seed), parsed.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static int Run(string architecture, int seed, string output, CancellationToken cancellationToken)
    {
        ModelOutput.Check(output);
        WctModel model = RandomModel.Create(Architectures.Single(known => known.Name == architecture).Widths, seed);
        cancellationToken.ThrowIfCancellationRequested();
        ModelOutput.Write(model, output, ElementType.F32);
        return ExitCode.Done;
    }
}
