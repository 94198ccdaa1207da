using System.CommandLine;
using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary><c>wct train decoder</c>: trains a decoder.</summary>
internal static class DecoderCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        Option<long> level = new("--level", "-l")
        {
            Description = "The level whose features it decodes.",
            HelpName = "1..5",
            Required = true,
            CustomParser = Values.Whole("--level", 1, Vgg19.DeepestLevel),
        };
        Option<string> encoder = new("--encoder", "-e")
        {
            Description = $"The encoder, which stays as it is (but see --teacher): {EncoderInput.Help}.",
            HelpName = "PATH",
            DefaultValueFactory = _ => ModelInput.BuiltInName,
            CustomParser = Values.Path("--encoder"),
        };
        Option<string?> start = new("--start")
        {
            Description = "A model whose decoder of this level is trained further, or 'builtin'. Without it: random weights.",
            HelpName = "MODEL",
            CustomParser = Values.Path("--start"),
        };
        Option<double> pixelWeight = NumberOption.Real("--pixel-weight", "Weight of the pixels' error; 0 leaves it out.", 0, 1e9, 1);
        Option<double> lambda = NumberOption.Real("--lambda", "Weight of the features' error.", 0, 1e9, 1);
        Option<string?> network = new("--loss-network")
        {
            Description = $"The encoder whose features are compared, for instance a larger one: {EncoderInput.Help}. Without it: the one "
                + "that is decoded.",
            HelpName = "PATH",
            CustomParser = Values.Path("--loss-network"),
        };
        Option<int[]?> taps = new("--taps")
        {
            Description = "Levels whose features are compared. Without it: the decoder's own, or the loss network's deepest below it.",
            HelpName = "12345",
            CustomParser = Values.Digits("--taps", 1, Vgg19.DeepestLevel),
        };
        Option<bool> normalize = new("--normalize") { Description = "Divide each tap's error by the variance of its features." };
        Option<string?> teacher = new("--teacher")
        {
            Description = "Also train what the encoder adds behind the level before, so that it lets through what the decoder lacks; "
                + "meanwhile it goes on learning this network's features. "
                + $"The network: {EncoderInput.Help}.",
            HelpName = "PATH",
            CustomParser = Values.Path("--teacher"),
        };
        Option<double> teacherWeight = NumberOption.Real("--teacher-weight", "Weight of the teacher's features.", 0, 1e9, 0.01);
        Option<double> variation = NumberOption.Real("--variation", "Weight of the total variation.", 0, 1e9, 0);
        Command command = new(
            "decoder", "Train a decoder: it learns to give back the picture whose features it gets. The result is a model of one level.")
        {
            level, encoder, start, pixelWeight, lambda, network, taps, normalize, teacher, teacherWeight, variation,
        };
        TrainingArguments arguments = new();
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            TrainingRequest request = arguments.Read(parsed);
            int wanted = (int)parsed.GetValue(level);
            DecoderOptions options = new()
            {
                PixelWeight = parsed.GetValue(pixelWeight),
                FeatureWeight = parsed.GetValue(lambda),
                LossNetwork = parsed.GetValue(network) is { Length: > 0 } other ? EncoderInput.Load(other, cancellationToken) : null,
                FeatureLevels = parsed.GetValue(taps) is { Length: > 0 } given ? given : null,
                Normalize = parsed.GetValue(normalize),
                Teacher = parsed.GetValue(teacher) is { Length: > 0 } taught
                    ? EncoderInput.ForLevel(taught, wanted, cancellationToken)
                    : null,
                TeacherWeight = parsed.GetValue(teacherWeight),
                TotalVariationWeight = parsed.GetValue(variation),
                Seed = (int)request.Options.Seed,
            };
            if (options is { PixelWeight: 0, FeatureWeight: 0, TotalVariationWeight: 0 })
                throw new UsageError("--pixel-weight, --lambda and --variation are all 0; one must be above 0");
            string path = parsed.GetRequiredValue(encoder);
            int deepest = (options.LossNetwork is null ? options.FeatureLevels ?? [] : []).Append(wanted).Max();
            EncoderWeights weights = EncoderInput.ForLevel(path, deepest, cancellationToken);
            DecoderWeights? first = parsed.GetValue(start) is { Length: > 0 } from ? Start(from, wanted, cancellationToken) : null;
            request = request with
            {
                Inputs = [path, parsed.GetValue(start), parsed.GetValue(network), parsed.GetValue(teacher)],
                Outputs = options.Teacher is null ? [request.Output] : [request.Output, DecoderTask.EncoderPath(request.Output)],
            };
            return TrainingRun.Run(request, backend => new DecoderTask(backend, weights, wanted, options, first), cancellationToken);
        });
        return command;
    }

    private static DecoderWeights Start(string path, int level, CancellationToken cancellationToken) =>
        ModelInput.Load(path, cancellationToken).Levels.FirstOrDefault(candidate => candidate.Level == level)?.Decoder
            ?? throw new Failure($"{path}: has no decoder of level {level}");
}
