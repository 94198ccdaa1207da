using System.CommandLine;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Cli.Weights;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Evaluation;

namespace Wct.Cli.Evaluation;

/// <summary><c>wct eval</c>: measures the quality of a model.</summary>
internal static class EvalCommand
{
    internal static void AddTo(Command command, CancellationToken cancellationToken)
    {
        Option<string> model = Path(
            "--model", "-m", "MODEL",
            "The model to judge: a .safetensors file, a folder of published networks, or 'builtin'. Without it: the built-in model.",
            required: false);
        Option<string> content = Path("--content", "-c", "DIR", "A folder of photos, to be given back and to be stylized.", required: true);
        Option<string> style = Path("--style", "-s", "DIR", "A folder of paintings.", required: true);
        Option<string> judge = Path(
            "--judge", "-j", "PATH",
            $"The encoder that judges stylized pictures: {EncoderInput.Help}. Without it: the built-in model's; figures compare only "
                + "under one judge.", required: false);
        Option<string> json = Path("--json", "-o", "FILE", "Also write the figures as JSON.", required: false);
        Option<long> holdOut = NumberOption.Whole(
            "--hold-out", "Of the photos, only those that training with the same number held out; 0: all.", 0, int.MaxValue, 0);
        Option<long> pairs = NumberOption.Whole(
            "--pairs", "Pictures to stylize, contents and styles taking turns; 0: one per style.", 0, int.MaxValue, 0);
        Option<long> side = NumberOption.Whole("--side", "Pictures are resized and cut to squares of this side.", 16, 4096, 256);
        Option<long> threads = NumberOption.Whole("--threads", "Threads to compute with; 0 takes one per processor.", 0, 1024, 0);
        Option<double> alpha = new("--alpha", "-a")
        {
            Description = ControlOptions.StrengthHelp,
            HelpName = "0..1",
            DefaultValueFactory = _ => StylizeOptions.DefaultStrength,
            CustomParser = Values.Real("--alpha", 0, 1),
        };
        foreach (Option option in (Option[])[model, content, style, judge, json, holdOut, pairs, side, alpha, threads])
            command.Add(option);
        command.SetAction(parsed =>
        {
            string output = parsed.GetValue(json) ?? "", photos = parsed.GetRequiredValue(content),
                paintings = parsed.GetRequiredValue(style);
            int held = (int)parsed.GetValue(holdOut);
            PictureFolder contents = FileErrors.Naming(
                photos, () => new PictureFolder(photos, held, TrainingRun.Skipped, cancellationToken));
            PictureFolder styles = FileErrors.Naming(
                paintings, () => new PictureFolder(paintings, 0, TrainingRun.Skipped, cancellationToken));
            string path = parsed.GetValue(judge) is { Length: > 0 } judging ? judging : ModelInput.BuiltInName;
            if (output.Length > 0)
            {
                new InputGuard([parsed.GetValue(model), path, .. contents.Training, .. contents.HeldOut, .. styles.Training])
                    .Check(output, "");
                ModelOutput.Check(output);
            }

            WctModel judged = ModelInput.Load(parsed.GetValue(model), cancellationToken);
            EncoderWeights encoder = EncoderInput.Load(path, cancellationToken);
            using Wct.Training.Evaluation.Evaluation evaluation = new(judged, encoder, new EvaluationOptions
            {
                Side = (int)parsed.GetValue(side),
                Strength = parsed.GetValue(alpha),
                Pairs = parsed.GetValue(pairs) is > 0 and var count ? (int)count : null,
                Threads = (int)parsed.GetValue(threads),
            });
            EvaluationReport report = evaluation.Run(
                held > 0 ? contents.HeldOut : contents.Training, styles.Training, PictureWarnings.Print, cancellationToken);
            ReportText.Write(Console.Out, report);
            if (output.Length > 0)
                FileErrors.Naming(output, () => ReportJson.Write(output, report));
            return ExitCode.Done;
        });
    }

    private static Option<string> Path(string name, string alias, string help, string description, bool required) => new(name, alias)
    {
        Description = description,
        HelpName = help,
        Required = required,
        CustomParser = Values.Path(name),
    };
}
