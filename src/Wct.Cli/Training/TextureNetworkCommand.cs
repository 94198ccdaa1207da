using System.CommandLine;
using Wct.Cli.Optimize;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary><c>wct train texture</c>: trains a network that makes textures from noise.</summary>
internal static class TextureNetworkCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        TextureTaskOptions defaults = new();
        Option<string> style = new("--style", "-s")
        {
            Description = "The picture of the texture.",
            HelpName = "FILE",
            Required = true,
            CustomParser = Values.Path("--style"),
        };
        Option<long> styleSize = LossOptions.StyleSize();
        Option<IReadOnlyList<TapWeight>?> styleTaps = LossOptions.StyleTaps();
        NetworkArguments network = new(
            defaults.VariationWeight, (defaults.Width, "Channels that each of a new network's five sizes adds."));
        TrainingArguments arguments = new(steps: 2000, batch: 4, rate: 1e-2, hasPictures: false);
        Command command = new("texture", "Train a feed-forward network that makes textures of any size; 'wct apply' runs it.")
        {
            style, styleSize, styleTaps,
        };
        foreach (Option option in network.All)
            command.Add(option);
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(style);
            TrainingRequest request = arguments.Read(parsed);
            request = request with { Inputs = [file, .. network.Inputs(parsed)] };
            PixelImage picture = NetworkArguments.Style(file, (int)parsed.GetValue(styleSize));
            TextureTaskOptions options = network.Apply(
                parsed, defaults with { StyleTaps = parsed.GetValue(styleTaps), Width = (int)parsed.GetValue(network.Width) }, request,
                cancellationToken);
            return TrainingRun.Run(request, backend => new TextureTask(backend, picture, options), cancellationToken);
        });
        return command;
    }
}
