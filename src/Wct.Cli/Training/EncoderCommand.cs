using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary><c>wct train encoder</c>: trains an encoder.</summary>
internal static class EncoderCommand
{
    private const int WidestLayer = 4096;

    internal static Command Create(CancellationToken cancellationToken)
    {
        Option<string> teacher = new("--teacher")
        {
            Description = $"The network that it learns from, at all levels that this one has: {EncoderInput.Help}.",
            HelpName = "PATH",
            DefaultValueFactory = _ => ModelInput.BuiltInName,
            CustomParser = Values.Path("--teacher"),
        };
        Option<string?> teacher5 = new("--teacher5")
        {
            Description = "Another one for level 5; a folder of compact networks teaches through the adapter in its 5SE.pth.",
            HelpName = "PATH",
            CustomParser = Values.Path("--teacher5"),
        };
        Option<int[]> widths = new("--widths")
        {
            Description = "Its channels at relu1_1, relu2_1, ..: one to five numbers.",
            HelpName = "16,32,64,128,128",
            DefaultValueFactory = _ => [.. RandomModel.CompactWidths],
            CustomParser = Widths,
        };
        Option<string> initial = new("--init")
        {
            Description = "Weights to start with: random, or the teacher's strongest filters.",
            HelpName = "random|strongest",
            DefaultValueFactory = _ => "random",
            CustomParser = Values.OneOf("--init", ["random", "strongest"]),
        };
        Option<string?> start = new("--start")
        {
            Description = $"An encoder that is trained further, whose widths count then: {EncoderInput.Help}.",
            HelpName = "PATH",
            CustomParser = Values.Path("--start"),
        };
        Option<bool> colors = new("--keep-colors")
        {
            Description = "Begin with three filters of the first layer that pass the colors on, in place of those that the next layer "
                + "uses least.",
        };
        Option<double> picture = NumberOption.Real(
            "--picture",
            "Weight of the picture itself beside the teacher's features: every level also learns, through an adapter of its own, what it "
                + "is made of.",
            0, 1e6, 0);
        Option<double> hints = NumberOption.Real(
            "--hints", "Weight of the layers between the taps, which are learnt like these: for teachers that are no larger.", 0, 1e6, 0);
        Command command = new(
            "encoder", "Train a small encoder to see what a large one sees, through linear 1x1 adapters that are dropped in the end.")
        {
            teacher, teacher5, widths, initial, start, colors, picture, hints,
        };
        TrainingArguments arguments = new();
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            TrainingRequest request = arguments.Read(parsed);
            int seed = (int)request.Options.Seed;
            bool trained = parsed.GetValue(start) is { Length: > 0 };
            EncoderWeights first = EncoderInput.Load(parsed.GetRequiredValue(teacher), cancellationToken), student = trained
                ? EncoderInput.Load(parsed.GetRequiredValue(start)!, cancellationToken)
                : parsed.GetValue(initial) == "strongest"
                    ? StudentStart.Strongest(first, parsed.GetRequiredValue(widths), seed)
                    : StudentStart.Random(parsed.GetRequiredValue(widths), seed);
            if (parsed.GetValue(colors))
                student = StudentStart.KeepingColors(student);
            List<Teacher> teachers = Teachers(first, parsed.GetValue(teacher5), student.Deepest, cancellationToken);
            request = request with { Inputs = [parsed.GetValue(teacher), parsed.GetValue(teacher5), parsed.GetValue(start)] };
            return TrainingRun.Run(request, backend => new EncoderTask(
                backend, teachers, student, !trained, parsed.GetValue(picture), parsed.GetValue(hints)), cancellationToken);
        });
        return command;
    }

    private static List<Teacher> Teachers(EncoderWeights first, string? fifth, int deepest, CancellationToken cancellationToken)
    {
        bool second = !string.IsNullOrEmpty(fifth) && deepest == Vgg19.DeepestLevel;
        int shared = Math.Min(first.Deepest, second ? deepest - 1 : deepest);
        List<Teacher> teachers = [new(first, [.. Enumerable.Range(1, shared)], new Dictionary<int, ConvolutionWeights>())];
        if (!second)
            return teachers;
        Dictionary<int, ConvolutionWeights> adapters = [];
        if (EncoderInput.ReadInBackground(fifth!, () => EncoderFile.Adapter(fifth!, Vgg19.DeepestLevel), cancellationToken) is { } adapter)
            adapters.Add(Vgg19.DeepestLevel, adapter);
        teachers.Add(new Teacher(EncoderInput.Load(fifth!, cancellationToken), [Vgg19.DeepestLevel], adapters));
        return teachers;
    }

    private static int[] Widths(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        int[] widths = [.. text.Split(',').Select(
            word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? width : 0)];
        if (widths.Length is 0 or > Vgg19.DeepestLevel || widths.Any(width => width is < 1 or > WidestLayer))
            result.AddError($"--widths is '{text}', it must be one to five whole numbers in 1..{WidestLayer}, with commas between them");
        return widths;
    }
}
