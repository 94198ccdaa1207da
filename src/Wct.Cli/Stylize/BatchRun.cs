using System.Diagnostics;
using System.Globalization;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Kernels.Gpu;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary><c>wct stylize</c> with many pictures: every content with every style, each into a file of its own.</summary>
/// <remarks>
/// Styles take turns, and each is measured once; contents are read again for each style, so that no more than one content and one style
/// are in memory. What goes wrong with a picture is told once, and the others are done.
/// </remarks>
internal sealed class BatchRun : IDisposable
{
    private readonly StylizeRequest _request;
    private readonly ImageReadOptions _limits;
    private readonly StylizeOptions _options;
    private readonly StyleTransfer _transfer;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _broken = [];
    private readonly PictureWarnings _warnings = new();
    private bool _failed;

    private BatchRun(StylizeRequest request, WctModel model, CancellationToken cancellation)
    {
        (_request, _cancellation) = (request, cancellation);
        _limits = StylizeRun.Limits(request);
        _options = StylizeRun.Options(request, model);
        _transfer = StylizeRun.Transfer(request, model);
    }

    /// <returns>The exit code: 1 where a picture failed.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellation)
    {
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        PictureList contents = PictureList.Of(request.Content, cancellation), styles = PictureList.Of(request.Style, cancellation);
        string folder = request.Output!;
        if (File.Exists(folder))
            throw new Failure($"{folder}: is a file; with folders and patterns --output names a folder");
        BatchNames names = new(folder, contents.Files, styles.Files);
        if (!request.Force)
            names.Check(new InputGuard([.. contents.Files, .. styles.Files, request.Weights]));
        WctModel model = StylizeRun.Result(weights, cancellation);
        using BatchRun run = new(request, model, cancellation);
        FileErrors.Naming(folder, () => Directory.CreateDirectory(folder));
        foreach (string problem in (string[])[.. contents.Problems, .. styles.Problems])
            run.Report(problem);
        long number = 0, pairs = (long)contents.Files.Length * styles.Files.Length;
        foreach (string path in styles.Files)
        {
            PreparedStyle? style = null;
            run.Try(path, () => style = run.Measure(path));
            foreach (string content in contents.Files)
            {
                number++;
                if (style is not null && !run._broken.Contains(content))
                    run.Try(content, () => run.Paint(content, style, format => names.Result(content, path, format), Count(number, pairs)));
            }
        }

        return run._failed ? ExitCode.Failed : ExitCode.Done;
    }

    public void Dispose() => _transfer.Dispose();

    // As wide for the first as for the last.
    private static string Count(long number, long all) =>
        FormattableString.Invariant(
            $"{number.ToString(CultureInfo.InvariantCulture).PadLeft(all.ToString(CultureInfo.InvariantCulture).Length)}/{all} ");

    private PreparedStyle Measure(string path)
    {
        using PictureRows picture = StylizeRun.Open(path, _request.StyleSide, _limits, _request.MaxMemory, _warnings);
        PreparedStyle? style = null;
        StylizeRun.Display(_request).Show(progress => InvisibleStyle.Naming(path, () => ReadingMemory.Explaining(
            () => style = _transfer.PrepareStyle(picture, _options, progress, _cancellation))));
        return style!;
    }

    private void Paint(string path, PreparedStyle style, Func<PixelLayout, string> name, string number)
    {
        long start = Stopwatch.GetTimestamp();
        using PictureRows content = Open(path);
        string output = name(content.Layout);
        OutputFile.Check(output, content);
        using ResultRows result = StylizeRun.ResultOf(_request, output, content);
        StylizeRun.Display(_request, number).Show(progress =>
            ReadingMemory.Explaining(() => _transfer.Stylize(content, style, result, _options, progress, _cancellation)));
        StylizeRun.Complete(_request, output, result, _options, start, _cancellation);
    }

    private PictureRows Open(string path)
    {
        try
        {
            return StylizeRun.Open(path, _request.ContentSide, _limits, _request.MaxMemory, _warnings);
        }
        catch
        {
            _broken.Add(path);
            throw;
        }
    }

    // A device that is lost is lost for all. A picture that is broken is told of once, not with each style.
    private void Try(string path, Action work)
    {
        _cancellation.ThrowIfCancellationRequested();
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
