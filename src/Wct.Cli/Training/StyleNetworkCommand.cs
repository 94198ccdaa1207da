using System.CommandLine;
using Wct.Cli.Optimize;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary><c>wct train style</c>: trains a network that stylizes photos in one pass.</summary>
internal static class StyleNetworkCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        StyleTaskOptions defaults = new();
        Option<string[]> styles = new("--style", "-s")
        {
            Description = "The painting. Given several times, one network learns all of them, and 'wct apply --style' chooses and mixes.",
            HelpName = "FILE",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = Values.Texts("--style"),
        };
        Option<long> styleSize = LossOptions.StyleSize();
        Option<double> strength = NumberOption.Real(
            "--strength", "How much the style counts beside the content: above 1 is more style, below 1 more of the photo.", 1e-6, 1e6, 1);
        Option<long> ramp = NumberOption.Whole(
            "--ramp",
            "Pictures over which the style's weight rises to its full value, so that the network first learns to keep the content; 0: "
                + "none.", 0, long.MaxValue, defaults.RampPictures);
        Option<IReadOnlyList<TapWeight>?> styleTaps = LossOptions.StyleTaps();
        Option<string?> contentTap = LossOptions.ContentTap();
        Option<string> architecture = new("--architecture")
        {
            Description = "Layers of a new network: residual (Johnson et al.), or pyramid (Ulyanov et al.), whose 'wct apply --noise' "
                + "changes the strength of the style.",
            HelpName = "residual|pyramid",
            DefaultValueFactory = _ => "residual",
            CustomParser = Values.OneOf("--architecture", ["residual", "pyramid"]),
        };
        Option<long> blocks = NetworkArguments.Blocks(defaults.Blocks);
        NetworkArguments network = new(
            defaults.VariationWeight,
            (0, "Channels of a new network: at full size (residual), or that each size adds (pyramid); 0: 16 or 8."));
        TrainingArguments arguments = new(steps: 10000, batch: 4, rate: 1e-3);
        Command command = new("style", "Train a feed-forward network for one style or several; 'wct apply' runs it.")
        {
            styles, styleSize, strength, ramp, styleTaps, contentTap, architecture, blocks,
        };
        foreach (Option option in network.All)
            command.Add(option);
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetRequiredValue(styles);
            TrainingRequest request = arguments.Read(parsed);
            request = request with { Inputs = [.. files, .. network.Inputs(parsed)] };
            PixelImage[] paintings =
                [.. files.Select(file => NetworkArguments.Style(file, (int)parsed.GetValue(styleSize)))];
            StyleTaskOptions options = network.Apply(
                parsed, defaults with
                {
                    StyleWeight = parsed.GetValue(strength) * defaults.StyleWeight,
                    RampPictures = parsed.GetValue(ramp),
                    StyleTaps = parsed.GetValue(styleTaps),
                    ContentTap = parsed.GetValue(contentTap) ?? defaults.ContentTap,
                    Architecture = parsed.GetValue(architecture) == "pyramid" ? StyleArchitecture.Pyramid : StyleArchitecture.Residual,
                    Width = (int)parsed.GetValue(network.Width),
                    Blocks = (int)parsed.GetValue(blocks),
                    StyleNames = Names(files),
                },
                request, cancellationToken);
            return TrainingRun.Run(request, backend => new StyleTask(backend, paintings, options), cancellationToken);
        });
        return command;
    }

    // The files' names without extensions; those that occur more than once get numbers.
    private static string[] Names(string[] files)
    {
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        return names.Distinct().Count() == names.Length ? names : [.. names.Select((name, i) => $"{name}-{i + 1}")];
    }
}
