using System.CommandLine;
using Wct.Cli.Sheets;
using Wct.Cli.Stylize;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary><c>wct invert</c>: shows what taps of a network keep of a picture (Mahendran and Vedaldi 2015).</summary>
internal static class InvertCommand
{
    internal const string Name = "invert";

    internal const string Description =
        "Show what a network's features keep of CONTENT: pictures from noise whose features are the content's, one for each tap.";

    internal static void AddTo(Command command, CancellationToken cancellationToken)
    {
        Argument<string> content = new("CONTENT") { Description = "The picture.", CustomParser = Values.Path("CONTENT") };
        Option<string?> output = OutputFile.Option(
            "The result's file; the extension chooses the format. With several taps it is a sheet. Without it: the content's name and "
                + "\"-inverted.png\", in the current folder.");
        Option<IReadOnlyList<TapWeight>?> taps = new("--taps")
        {
            Description = $"Taps to invert: {TapText.Help}. Without it: 1,2,3,4,5, or those that the network has.",
            HelpName = "1,2,4_2",
            CustomParser = TapText.Taps("--taps"),
        };
        Option<long> cell = NumberOption.Whole("--cell", "Longer side of each picture on a sheet, in pixels.", 16, 4096, 256);
        Option<ulong> seed = SeedOption.Create("Chooses the noise.");
        OptimizerArguments arguments = new(Defaults.InversionSteps, Defaults.InversionVariationWeight);
        command.Add(content);
        foreach (Option option in (Option[])[output, arguments.ContentSize, taps, cell, seed, .. arguments.Own, .. arguments.Common])
            command.Add(option);
        command.SetAction(parsed =>
        {
            string photo = parsed.GetRequiredValue(content);
            string file = parsed.GetValue(output) ?? $"{Path.GetFileNameWithoutExtension(photo)}-inverted{OutputFile.Png}";
            OptimizerRequest request = arguments.Read(parsed, file) with { Inputs = [photo] };
            string[]? wanted = parsed.GetValue(taps) is { } given ? [.. given.Select(tap => tap.Tap).Distinct()] : null;
            if (wanted is not [_] && (request.Options.Checkpoint ?? request.SaveSteps) is not null)
                throw new UsageError("--checkpoint and --save-steps belong to a single picture; choose one with --taps");
            return Run(request, photo, wanted, parsed.GetValue(seed), (int)parsed.GetValue(cell), cancellationToken);
        });
    }

    private static int Run(
        OptimizerRequest request, string file, string[]? wanted, ulong seed, int cell, CancellationToken cancellationToken)
    {
        OptimizerRun run = new(request, cancellationToken);
        PixelImage content = run.Read(file, request.ContentSide).ToRgb();
        run.Check(content.Width, content.Height, PixelLayout.Rgb24);
        EncoderWeights network = run.Network();
        string[] taps = wanted ?? [.. Enumerable.Range(1, network.Deepest).Select(LossTap.Level)];
        if (taps is [var only])
        {
            (PixelImage picture, PixelProgress? last) = Invert(run, network, content, only, seed, "", cancellationToken);
            return run.Complete(picture, last);
        }

        ContactSheet sheet = new([Path.GetFileName(file), .. taps], rows: null, cell, maxPixels: request.MaxPixels);
        sheet.Put(0, 0, content);
        for (int i = 0; i < taps.Length && !cancellationToken.IsCancellationRequested; i++)
        {
            string label = FormattableString.Invariant($"{taps[i]} ({i + 1}/{taps.Length})  ");
            sheet.Put(0, i + 1, Invert(run, network, content, taps[i], seed, label, cancellationToken).Picture);
        }

        return run.Complete(sheet.Draw(), last: null);
    }

    private static (PixelImage Picture, PixelProgress? Last) Invert(
        OptimizerRun run, EncoderWeights network, PixelImage content, string tap, ulong seed, string label,
        CancellationToken cancellationToken)
    {
        ILossTerm[] losses = [new ContentLoss(content, tap), .. run.Variation()];
        return run.Optimize(
            network, (options, progress) => PixelOptimizer.RunAsync(
                content, losses, options with { Start = PixelStart.Noise(seed) }, progress, cancellationToken),
            label);
    }
}
