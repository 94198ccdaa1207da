using System.CommandLine;
using Wct.Cli.Optimize;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary><c>wct train upscale</c>: trains a network that makes pictures four times as large.</summary>
internal static class UpscaleNetworkCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        UpscaleTaskOptions defaults = new();
        Option<double> feature = NumberOption.Real(
            "--feature-weight", "Weight of the features' error, which is 1 for features of zero.", 0, 1e9, defaults.FeatureWeight);
        Option<double> pixel = NumberOption.Real(
            "--pixel-weight", "Weight of the pixels' mean squared error.", 0, 1e9, defaults.PixelWeight);
        Option<IReadOnlyList<TapWeight>?> taps = new("--taps")
        {
            Description = $"Taps at which features are compared, equally weighted: {TapText.Help}. Without it: 2_2.",
            HelpName = "2_2,3",
            CustomParser = TapText.Taps("--taps"),
        };
        Option<long> blocks = NetworkArguments.Blocks(defaults.Blocks);
        NetworkArguments network = new(defaults.VariationWeight, (defaults.Width, "Channels of a new network."));
        TrainingArguments arguments = new(steps: 10000, batch: 4, rate: 1e-3);
        Command command = new(
            "upscale", "Train a feed-forward network that makes pictures four times as large, with details; 'wct apply' runs it.")
        {
            feature, pixel, taps, blocks,
        };
        foreach (Option option in network.All)
            command.Add(option);
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            TrainingRequest request = arguments.Read(parsed);
            request = request with { Inputs = network.Inputs(parsed) };
            UpscaleTaskOptions options = network.Apply(
                parsed, defaults with
                {
                    FeatureWeight = parsed.GetValue(feature),
                    PixelWeight = parsed.GetValue(pixel),
                    Taps = parsed.GetValue(taps) is { } given ? [.. given.Select(tap => tap.Tap)] : defaults.Taps,
                    Width = (int)parsed.GetValue(network.Width),
                    Blocks = (int)parsed.GetValue(blocks),
                },
                request, cancellationToken);
            return TrainingRun.Run(request, backend => new UpscaleTask(backend, options), cancellationToken);
        });
        return command;
    }
}
