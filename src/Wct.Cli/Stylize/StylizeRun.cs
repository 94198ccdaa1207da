using System.Diagnostics;
using Wct.Cli.Progress;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary>The work of <c>wct stylize</c>.</summary>
internal static class StylizeRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        // Weights and pictures come from different files: they are read at the same time, and waited for in a fixed order, so that
        // the same mistakes always give the same message.
        ImageReadOptions limits = new()
        {
            MaxPixels = request.MaxPixels,
            MaxMemory = ReadingMemory.OfReader(ReadingMemory.Budget(request.MaxMemory)),
        };
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        Task<PictureRows> contents = Background.Start(() => Pictures.Open(request.Content, request.ContentSide, limits, request.MaxMemory));
        Task<PictureRows> styles = Background.Start(() => Pictures.Open(request.Style, request.StyleSide, limits, request.MaxMemory));
        using PictureRows content = Result(contents, cancellation);
        string output = request.Output ?? OutputFile.DefaultName(request.Content, content.FileFormat);
        OutputFile.Check(output, content);
        using PictureRows style = Result(styles, cancellation);
        WctModel model = Result(weights, cancellation);

        StylizeOptions options = new() { Strength = request.Strength, Levels = Levels(request, model), MaxMemory = request.MaxMemory };
        using StyleTransfer transfer = new(model, new LoadOptions
        {
            Device = request.Device,
            Precision = request.Precision,
            Threads = request.Threads,
            Warning = text => Console.Error.WriteLine(ErrorLine.Of(text)),
        });
        using ResultRows result = new(output, content.Width, content.Height, content.FileFormat, new ImageWriteOptions { JpegQuality = request.JpegQuality });
        IDisplay display = request.Quiet ? new QuietDisplay() : Console.IsOutputRedirected ? new LineDisplay(Console.Out) : new BarDisplay();
        display.Show(progress => ReadingMemory.Explaining(() => transfer.Stylize(content, style, result, options, progress, cancellation)));
        cancellation.ThrowIfCancellationRequested();
        result.Complete();
        if (!request.Quiet)
            Console.Out.WriteLine(Summary(output, result, options.Levels.Count, Stopwatch.GetElapsedTime(start)));
        return ExitCode.Done;
    }

    private static T Result<T>(Task<T> task, CancellationToken cancellation) => task.WaitAsync(cancellation).GetAwaiter().GetResult();

    private static int[] Levels(StylizeRequest request, WctModel model)
    {
        int[] available = [.. model.Levels.Select(level => level.Level)];
        int[] wanted = request.Levels ?? available;
        foreach (int level in wanted)
        {
            if (!available.Contains(level))
                throw new Failure($"{request.Weights ?? ModelInput.BuiltIn}: level {level} is asked for, the model has {string.Join(", ", available)}");
        }

        return wanted;
    }

    private static string Summary(string output, ResultRows picture, int levels, TimeSpan time) => FormattableString.Invariant(
        $"{output}: {picture.Width}x{picture.Height}, {levels} level{(levels == 1 ? "" : "s")}, {time.TotalSeconds:0.00} s");
}
