using System.CommandLine;
using Wct.Cli.Stylize;
using Wct.Imaging;
using Wct.Net.Recipes;

namespace Wct.Cli.Networks;

/// <summary>The command line of <c>wct apply</c>.</summary>
internal static class ApplyCommand
{
    private const double MostNoise = 16;

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string> network = new("NETWORK")
        {
            Description = "The network's file: .safetensors of this program or of Johnson et al., or a checkpoint of PyTorch's "
                + "fast_neural_style (.pth).",
            CustomParser = Values.Path("NETWORK"),
        };
        Argument<string?> content = new("CONTENT")
        {
            Description = $"The photo; a network for textures takes none. Reads {string.Join(' ', ImageFile.Extensions)}.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Values.Path("CONTENT"),
        };
        Option<string?> output = OutputFile.Option(
            "The result's file; the extension chooses the format. Without it: the photo's and the network's names, in the current folder.");
        Option<string?> style = new("--style")
        {
            Description = "For a network with several styles: a style's name or its number from 1; several with weights, 1:0.3,wave:0.7; "
                + "or a weight for each style, 0.3,0.7. Without it: the first style.",
            HelpName = "STYLES",
            CustomParser = Values.Path("--style"),
        };
        Option<(int Width, int Height)> size = TextureCommand.SizeOption("For a network for textures: width and height in pixels.");
        Option<ulong> seed = SeedOption.Create(
            "Chooses the noise of a network that has some; the same number gives the same result.");
        Option<double> noise = new("--noise")
        {
            Description = "Multiplies the noise of a network that has some; less noise gives less style.",
            HelpName = "FACTOR",
            DefaultValueFactory = _ => 1,
            CustomParser = Values.Real("--noise", 0, MostNoise),
        };
        MachineOptions machine = new(hasModel: false);
        Command command = new("apply", "Run a feed-forward network: stylize or enlarge CONTENT, or make a texture, in one pass.")
        {
            network, content, output, style, size, seed, noise,
        };
        machine.AddTo(command);
        command.SetAction(parsed => ApplyRun.Run(Request(parsed), cancellationToken));
        return command;

        ApplyRequest Request(ParseResult parsed)
        {
            string? file = parsed.GetValue(output);
            if (OutputFile.Problem(file ?? "", many: false) is { } problem)
                throw new UsageError(problem);
            StylizeRequest common = machine.Read(parsed, new StylizeRequest { Recipe = new Recipe() }) with
            {
                Content = parsed.GetValue(content) ?? "",
                Output = file,
            };
            return new ApplyRequest(common, parsed.GetRequiredValue(network))
            {
                Styles = parsed.GetValue(style),
                Size = parsed.GetResult(size) is { Implicit: false } ? parsed.GetValue(size) : null,
                NoiseOption = ((Option[])[seed, noise]).FirstOrDefault(
                    option => parsed.GetResult(option) is { Implicit: false })?.Name,
                Seed = parsed.GetValue(seed),
                NoiseScale = parsed.GetValue(noise),
            };
        }
    }
}
