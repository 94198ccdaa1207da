using System.Diagnostics;
using System.Globalization;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Kernels.Gpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary><c>wct stylize</c> with several pictures: stylizes every content with every style and writes a file for each pair.</summary>
/// <remarks>
/// Styles run one after the other, and each is measured once. Contents are read again for each style, so that only one content and one
/// style are in memory. An error of a picture is reported once, and the run continues with the others.
/// </remarks>
internal sealed class BatchRun : IDisposable
{
    private readonly StylizeRequest _request;
    private readonly Recipe _recipe;
    private readonly StylizeOptions _options;
    private readonly StyleInput _input;
    private readonly StyleTransfer _transfer;
    private readonly SwapWarning _swap;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<string> _broken = [];
    private bool _failed;

    private BatchRun(StylizeRequest request, WctModel model, CancellationToken cancellationToken)
    {
        (_request, _cancellationToken) = (request, cancellationToken);
        _recipe = request.Complete(StylizeRun.Levels(model));
        _options = StylizeRun.Options(request, _recipe);
        _input = new StyleInput(request, cancellationToken);
        _transfer = StylizeRun.Transfer(request, model);
        _swap = new SwapWarning(request, _transfer);
    }

    /// <returns>The exit code; 1 if a picture failed.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellationToken)
    {
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        PictureList contents = PictureList.Of(request.Content, cancellationToken),
            styles = PictureList.Of(request.Style, cancellationToken);
        string folder = request.Output!;
        if (File.Exists(folder))
            throw new Failure($"{folder}: is a file; with folders and patterns --output names a folder");
        BatchNames names = new(folder, contents.Files, styles.Files);
        if (!request.Force)
            names.Check(new InputGuard([.. contents.Files, .. styles.Files, request.Weights]));
        WctModel model = StylizeRun.Result(weights, cancellationToken);
        using BatchRun run = new(request, model, cancellationToken);
        FileErrors.Naming(folder, () => Directory.CreateDirectory(folder));
        foreach (string problem in (string[])[.. contents.Problems, .. styles.Problems])
            run.Report(problem);
        long number = 0, pairs = (long)contents.Files.Length * styles.Files.Length;
        foreach (string path in styles.Files)
        {
            RecipeStyle named = request.Recipe.Styles[0] with { File = path };
            // A style that gets the colors of each content is measured for each.
            bool isShared = !RecipeStyles.NeedsContentColors(request.Recipe);
            PreparedStyle? style = null;
            if (isShared)
                run.Try(path, () => style = run.Measure(named, colors: null));
            foreach (string content in contents.Files)
            {
                number++;
                if (run._broken.Contains(content) || (isShared && style is null) || run._broken.Contains(path))
                    continue;
                if (!isShared)
                {
                    style = null;
                    PictureColors? colors = null;
                    run.Try(content, () => colors = run._input.Colors(run._recipe, content));
                    if (colors is not null)
                        run.Try(path, () => style = run.Measure(named, colors));
                }

                if (style is not null)
                {
                    run.Try(content, () =>
                        run.Paint(content, named, style, format => names.Result(content, path, format), Count(number, pairs)));
                }
            }
        }

        return run._failed ? ExitCode.Failed : ExitCode.Done;
    }

    public void Dispose() => _transfer.Dispose();

    // The number of a pair and the total, padded to the same width for all pairs.
    private static string Count(long number, long all) =>
        FormattableString.Invariant(
            $"{number.ToString(CultureInfo.InvariantCulture).PadLeft(all.ToString(CultureInfo.InvariantCulture).Length)}/{all} ");

    private PreparedStyle Measure(RecipeStyle style, PictureColors? colors) =>
        _input.Styles(_transfer, _recipe with { Styles = [style] }, colors).Style;

    private void Paint(string path, RecipeStyle named, PreparedStyle style, Func<PixelLayout, string> name, string number)
    {
        Recipe recipe = _recipe with { Content = _recipe.Content! with { File = path }, Styles = [named] };
        long start = Stopwatch.GetTimestamp();
        using PictureRows content = Open(path);
        string output = name(content.Layout);
        OutputFile.Check(output, content);
        using ResultRows result = StylizeRun.ResultOf(_request, recipe, output, content);
        _swap.Tell(recipe, content.Width, content.Height, _input.Patches);
        StylizeRun.Display(_request, number).Show(progress =>
            ReadingMemory.Explaining(() => _transfer.Stylize(content, style, result, _options, progress, _cancellationToken)));
        StylizeRun.Complete(_request, output, result, recipe, start, _cancellationToken);
    }

    private PictureRows Open(string path)
    {
        try
        {
            return _input.Content(path);
        }
        catch
        {
            _broken.Add(path);
            throw;
        }
    }

    // Reports an error of one picture and continues. A lost device ends the run. A broken picture is reported only once, not for each
    // style.
    private void Try(string path, Action work)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            work();
        }
        catch (Exception error) when (error is not (OperationCanceledException or DeviceUnavailableException or GpuException))
        {
            if (error is ImageFormatException)
                _broken.Add(path);
            string line = ErrorLine.Text(error);
            Report(error is Failure or ImageFormatException ? line : $"{path}: {line}");
        }
    }

    private void Report(string problem)
    {
        Console.Error.WriteLine(ErrorLine.Of(problem));
        _failed = true;
    }
}
