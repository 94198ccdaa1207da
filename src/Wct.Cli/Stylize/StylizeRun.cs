using System.Diagnostics;
using Wct.Cli.Progress;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary>Runs <c>wct stylize</c>.</summary>
internal static class StylizeRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellationToken)
    {
        if (request.IsMany)
            return BatchRun.Run(request, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        // Weights and pictures are read at the same time. They are awaited in a fixed order, so that the same mistakes always give the same
        // message.
        ImageReadOptions limits = Limits(request);
        PictureWarnings warnings = new();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        Task<PictureRows> contents =
            Background.Start(() => Open(request.Content, request.ContentSide, limits, request.MaxMemory, warnings));
        Task<PictureRows> styles = Background.Start(() => Open(request.Style, request.StyleSide, limits, request.MaxMemory, warnings));
        using PictureRows content = Result(contents, cancellationToken);
        string output = request.Output ?? OutputFile.DefaultName(request.Content, request.Style, content.Layout);
        if (!request.Force)
            new InputGuard([request.Content, request.Style, request.Weights]).Check(output);
        OutputFile.Check(output, content);
        using PictureRows style = Result(styles, cancellationToken);
        WctModel model = Result(weights, cancellationToken);

        StylizeOptions options = Options(request, model);
        using StyleTransfer transfer = Transfer(request, model);
        using ResultRows result = ResultOf(request, output, content);
        Display(request).Show(progress =>
            InvisibleStyle.Naming(request.Style, () =>
                ReadingMemory.Explaining(() => transfer.Stylize(content, style, result, options, progress, cancellationToken))));
        Complete(request, output, result, options, start, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>The limits for reading a picture.</summary>
    internal static ImageReadOptions Limits(StylizeRequest request) => new()
    {
        MaxPixels = request.MaxPixels,
        MaxMemory = ReadingMemory.OfReader(ReadingMemory.Budget(request.MaxMemory)),
        Strict = request.Strict,
    };

    /// <summary>Opens a picture. If it exceeds a limit, the message names the option.</summary>
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

    /// <summary>The options for the library.</summary>
    internal static StylizeOptions Options(StylizeRequest request, WctModel model) =>
        new() { Strength = request.Strength, Levels = Levels(request, model), MaxMemory = request.MaxMemory };

    /// <summary>Prepares the model for use.</summary>
    internal static StyleTransfer Transfer(StylizeRequest request, WctModel model) => new(model, new LoadOptions
    {
        Device = request.Device,
        Precision = request.Precision,
        Eigensolver = EigensolverChoice.Of(request.Eigensolver),
        Threads = request.Threads,
        OnWarning = text => Console.Error.WriteLine(ErrorLine.Of(text)),
    });

    /// <summary>The writer of the result's file, which is not created yet.</summary>
    internal static ResultRows ResultOf(StylizeRequest request, string output, PictureRows content)
    {
        JpegWriteOptions options = new() { Quality = request.JpegQuality, Metadata = request.StripMetadata ? null : content.Metadata };
        return new ResultRows(output, content.Width, content.Height, content.Layout, options);
    }

    /// <summary>Chooses the display of progress: a bar on a terminal, nothing in a file or pipe.</summary>
    /// <param name="request">The command's options. A quiet command displays nothing.</param>
    /// <param name="number">The number of the picture if there are several.</param>
    internal static IDisplay Display(StylizeRequest request, string number = "") =>
        request.Quiet || Console.IsOutputRedirected ? new QuietDisplay() : new BarDisplay(number);

    /// <summary>Completes the result's file, and prints a line about it.</summary>
    internal static void Complete(
        StylizeRequest request, string output, ResultRows result, StylizeOptions options, long start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result.Complete();
        if (!request.Quiet)
            Console.Out.WriteLine(Summary(output, result, options.Levels!.Count, Stopwatch.GetElapsedTime(start)));
    }

    /// <summary>Waits for a background task.</summary>
    internal static T Result<T>(Task<T> task, CancellationToken cancellationToken) =>
        task.WaitAsync(cancellationToken).GetAwaiter().GetResult();

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

    // File names can contain any characters, which must not break the line or control the terminal.
    private static string Summary(string output, ResultRows picture, int levels, TimeSpan time) =>
        OneLine.Clean(FormattableString.Invariant(
        $"{output}: {picture.Width}x{picture.Height}, {levels} level{(levels == 1 ? "" : "s")}, {time.TotalSeconds:0.00} s"));
}
