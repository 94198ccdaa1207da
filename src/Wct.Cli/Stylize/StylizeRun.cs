using System.Diagnostics;
using Wct.Cli.Progress;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>Runs <c>wct stylize</c>.</summary>
internal static class StylizeRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellationToken) =>
        request.IsMany ? BatchRun.Run(request, cancellationToken)
        : request.IsPlain ? RunPlain(request, cancellationToken)
        : RunStyles(request, cancellationToken);

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
    internal static StylizeOptions Options(StylizeRequest request, Recipe recipe) =>
        recipe.ToOptions() with { StyleScale = 1, MaxMemory = request.MaxMemory };

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
    internal static ResultRows ResultOf(StylizeRequest request, Recipe recipe, string output, PictureRows content) =>
        new(output, content.Width, content.Height, content.Layout, WriteOptions(request, recipe, output, content.Metadata));

    /// <summary>The options for writing a result.</summary>
    internal static ImageWriteOptions WriteOptions(StylizeRequest request, Recipe recipe, string output, ImageMetadata? metadata) =>
        ResultOptions.Of(Path.GetExtension(output), request.Quality) with
        {
            Metadata = request.StripMetadata ? null : metadata,
            Text = request.StripMetadata ? [] : [new ImageText(RecipeInput.Keyword, recipe.ToJson())],
        };

    /// <summary>Chooses the display of progress: a bar on a terminal, nothing in a file or pipe.</summary>
    /// <param name="request">The command's options. A quiet command displays nothing.</param>
    /// <param name="number">The number of the picture if there are several.</param>
    internal static IDisplay Display(StylizeRequest request, string number = "") =>
        request.Quiet || Console.IsOutputRedirected ? new QuietDisplay() : new BarDisplay(number);

    /// <summary>Completes the result's file, and prints a line about it.</summary>
    internal static void Complete(
        StylizeRequest request, string output, ResultRows result, Recipe recipe, long start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result.Complete();
        if (request.SaveRecipe is { } file)
            FileErrors.Naming(file, () =>
            {
                recipe.Save(file);
                return true;
            });
        if (!request.Quiet)
            Console.Out.WriteLine(Summary(output, result, recipe, Stopwatch.GetElapsedTime(start)));
    }

    /// <summary>Waits for a background task.</summary>
    internal static T Result<T>(Task<T> task, CancellationToken cancellationToken) =>
        task.WaitAsync(cancellationToken).GetAwaiter().GetResult();

    /// <summary>The levels of a model, deepest first.</summary>
    internal static int[] Levels(WctModel model) => [.. model.Levels.Select(level => level.Level)];

    // One picture in one style: weights and both pictures are read at the same time. They are awaited in a fixed order, so that the same
    // mistakes always give the same message.
    private static int RunPlain(StylizeRequest request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ImageReadOptions limits = Limits(request);
        PictureWarnings warnings = new();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        Task<PictureRows> contents =
            Background.Start(() => Open(request.Content, request.ContentSide, limits, request.MaxMemory, warnings));
        Task<PictureRows> styles = Background.Start(
            () => Open(request.Style, request.Recipe.StyleSize ?? 0, limits, request.MaxMemory, warnings));
        using PictureRows content = Result(contents, cancellationToken);
        string output = Output(request, content);
        using PictureRows style = Result(styles, cancellationToken);
        WctModel model = Result(weights, cancellationToken);

        Recipe recipe = request.Complete(Levels(model));
        using StyleTransfer transfer = Transfer(request, model);
        using ResultRows result = ResultOf(request, recipe, output, content);
        StylizeOptions options = Options(request, recipe) with { OnLevel = LevelFiles.Of(request, recipe) };
        new SwapWarning(request, transfer).Tell(
            recipe, content.Width, content.Height, (_, level) => SwapWarning.Pixels(style.Width, style.Height, level));
        Display(request).Show(progress =>
            InvisibleStyle.Naming(request.Style, () =>
                ReadingMemory.Explaining(() => transfer.Stylize(content, style, result, options, progress, cancellationToken))));
        Complete(request, output, result, recipe, start, cancellationToken);
        return ExitCode.Done;
    }

    // One picture in several styles, with masks or in prepared styles: the styles are measured one after the other.
    private static int RunStyles(StylizeRequest request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        StyleInput input = new(request, cancellationToken);
        using PictureRows content = input.Content(request.Content);
        string output = Output(request, content);
        WctModel model = Result(weights, cancellationToken);
        Recipe recipe = request.Complete(Levels(model));
        using StyleTransfer transfer = Transfer(request, model);
        StylizeOptions options = Options(request, recipe);
        IReadOnlyList<StyleRegion> regions = input.Regions(transfer, recipe, request.Content, content);
        using ResultRows result = ResultOf(request, recipe, output, content);
        options = options with { OnLevel = LevelFiles.Of(request, recipe) };
        new SwapWarning(request, transfer).Tell(recipe, content.Width, content.Height, input.Patches);
        Display(request).Show(progress =>
            ReadingMemory.Explaining(() => transfer.Stylize(content, regions, result, options, progress, cancellationToken)));
        Complete(request, output, result, recipe, start, cancellationToken);
        return ExitCode.Done;
    }

    // The result's file, which is no input and can be written.
    private static string Output(StylizeRequest request, PictureRows content)
    {
        IEnumerable<string> styles = request.Recipe.Styles.Select(style => style.File).DefaultIfEmpty("whitened");
        string output = request.Output ?? OutputFile.DefaultName(request.Content, styles, content.Layout);
        request.CheckFiles(output);
        OutputFile.Check(output, content);
        return output;
    }

    // File names can contain any characters, which must not break the line or control the terminal.
    private static string Summary(string output, ResultRows picture, Recipe recipe, TimeSpan time)
    {
        int levels = recipe.Levels!.Count;
        string styles = recipe.Styles.Count > 1 ? $"{recipe.Styles.Count} styles, " : "";
        string passes = recipe.Passes > 1 ? $"{recipe.Passes} times " : "";
        return OneLine.Clean(FormattableString.Invariant(
            $"{output}: {picture.Width}x{picture.Height}, {styles}{passes}{levels} level{(levels == 1 ? "" : "s")}, ")
            + FormattableString.Invariant($"{time.TotalSeconds:0.00} s"));
    }
}
