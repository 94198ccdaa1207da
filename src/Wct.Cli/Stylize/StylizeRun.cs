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
        if (request.IsMany)
            return BatchRun.Run(request, cancellation);
        long start = Stopwatch.GetTimestamp();
        // Weights and pictures come from different files: they are read at the same time, and waited for in a fixed order, so that
        // the same mistakes always give the same message.
        ImageReadOptions limits = Limits(request);
        PictureWarnings warnings = new();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        Task<PictureRows> contents =
            Background.Start(() => Open(request.Content, request.ContentSide, limits, request.MaxMemory, warnings));
        Task<PictureRows> styles = Background.Start(() => Open(request.Style, request.StyleSide, limits, request.MaxMemory, warnings));
        using PictureRows content = Result(contents, cancellation);
        string output = request.Output ?? OutputFile.DefaultName(request.Content, request.Style, content.Layout);
        if (!request.Force)
            new InputGuard([request.Content, request.Style, request.Weights]).Check(output);
        OutputFile.Check(output, content);
        using PictureRows style = Result(styles, cancellation);
        WctModel model = Result(weights, cancellation);

        StylizeOptions options = Options(request, model);
        using StyleTransfer transfer = Transfer(request, model);
        using ResultRows result = ResultOf(request, output, content);
        Display(request).Show(progress =>
            InvisibleStyle.Naming(request.Style, () =>
                ReadingMemory.Explaining(() => transfer.Stylize(content, style, result, options, progress, cancellation))));
        Complete(request, output, result, options, start, cancellation);
        return ExitCode.Done;
    }

    /// <summary>What a picture may be at most.</summary>
    internal static ImageReadOptions Limits(StylizeRequest request) => new()
    {
        MaxPixels = request.MaxPixels,
        MaxMemory = ReadingMemory.OfReader(ReadingMemory.Budget(request.MaxMemory)),
        Strict = request.Strict,
    };

    /// <summary>Opens a picture; a limit that it is over is named with its option.</summary>
    internal static PictureRows Open(string path, int side, ImageReadOptions limits, long? memory, PictureWarnings warnings)
    {
        try
        {
            return Pictures.Open(path, side, limits, memory, warnings);
        }
        catch (ImageFormatException error) when (error.Problem.Contains(
            FormattableString.Invariant($"the limit is {limits.MaxPixels}"), StringComparison.Ordinal))
        {
            throw new Failure($"{error.Message}; --max-pixels raises it", error);
        }
    }

    /// <summary>What is asked of the library.</summary>
    internal static StylizeOptions Options(StylizeRequest request, WctModel model) =>
        new() { Strength = request.Strength, Levels = Levels(request, model), MaxMemory = request.MaxMemory };

    /// <summary>The model, ready for use.</summary>
    internal static StyleTransfer Transfer(StylizeRequest request, WctModel model) => new(model, new LoadOptions
    {
        Device = request.Device,
        Precision = request.Precision,
        Eigensolver = EigensolverChoice.Of(request.Eigensolver),
        Threads = request.Threads,
        OnWarning = text => Console.Error.WriteLine(ErrorLine.Of(text)),
    });

    /// <summary>The result's file, not begun yet.</summary>
    internal static ResultRows ResultOf(StylizeRequest request, string output, PictureRows content)
    {
        JpegWriteOptions options = new() { Quality = request.JpegQuality, Metadata = request.StripMetadata ? null : content.Metadata };
        return new ResultRows(output, content.Width, content.Height, content.Layout, options);
    }

    /// <summary>Shows progress on a terminal; in a file or for another program it would be in the way.</summary>
    /// <param name="number">Which of many it is.</param>
    internal static IDisplay Display(StylizeRequest request, string number = "") =>
        request.Quiet || Console.IsOutputRedirected ? new QuietDisplay() : new BarDisplay(number);

    /// <summary>Puts the result in place, and says so in a line.</summary>
    internal static void Complete(
        StylizeRequest request, string output, ResultRows result, StylizeOptions options, long start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        result.Complete();
        if (!request.Quiet)
            Console.Out.WriteLine(Summary(output, result, options.Levels!.Count, Stopwatch.GetElapsedTime(start)));
    }

    /// <summary>Waits for something read at the side.</summary>
    internal static T Result<T>(Task<T> task, CancellationToken cancellation) => task.WaitAsync(cancellation).GetAwaiter().GetResult();

    private static int[] Levels(StylizeRequest request, WctModel model)
    {
        int[] available = [.. model.Levels.Select(level => level.Level)];
        int[] wanted = request.Levels ?? available;
        foreach (int level in wanted)
        {
            if (!available.Contains(level))
                throw new Failure(
                    $"{request.Weights ?? ModelInput.BuiltIn}: level {level} is asked for, the model has {string.Join(", ", available)}");
        }

        return wanted;
    }

    // File names can hold anything; they must not break the line or steer a terminal.
    private static string Summary(string output, ResultRows picture, int levels, TimeSpan time) =>
        OneLine.Clean(FormattableString.Invariant(
        $"{output}: {picture.Width}x{picture.Height}, {levels} level{(levels == 1 ? "" : "s")}, {time.TotalSeconds:0.00} s"));
}
