using System.Diagnostics;
using Wct.Cli.Progress;
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
        ImageReadOptions limits = new() { MaxPixels = request.MaxPixels };
        Task<WctModel> weights = Task.Run(() => FileErrors.Naming(request.Weights, () => WctModel.Load(request.Weights)));
        Task<Bitmap> contents = Task.Run(() => Pictures.Read(request.Content, request.ContentSide, limits));
        Task<Bitmap> styles = Task.Run(() => Pictures.Read(request.Style, request.StyleSide, limits));
        Bitmap content = Result(contents, cancellation);
        string output = request.Output ?? OutputFile.DefaultName(request.Content, content.Format);
        OutputFile.Check(output, content);
        Bitmap style = Result(styles, cancellation);
        WctModel model = Result(weights, cancellation);

        StylizeOptions options = new() { Strength = request.Strength, Levels = Levels(request, model) };
        using StyleTransfer transfer = new(model, new LoadOptions { Threads = request.Threads });
        IDisplay display = request.Quiet ? new QuietDisplay() : Console.IsOutputRedirected ? new LineDisplay(Console.Out) : new BarDisplay();
        PixelImage picture = display.Show(progress => transfer.Stylize(Pixels(content), Pixels(style), options, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(output, picture, content.Format, new ImageWriteOptions { JpegQuality = request.JpegQuality });
        if (!request.Quiet)
            Console.Out.WriteLine(Summary(output, picture, options.Levels.Count, Stopwatch.GetElapsedTime(start)));
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
                throw new Failure($"{request.Weights}: level {level} is asked for, the model has {string.Join(", ", available)}");
        }

        return wanted;
    }

    private static Pixels Pixels(Bitmap bitmap) => new(bitmap.Pixels, bitmap.Width, bitmap.Height, bitmap.Stride, bitmap.Format switch
    {
        Imaging.PixelFormat.Gray8 => Net.PixelFormat.Gray8,
        Imaging.PixelFormat.Rgb24 => Net.PixelFormat.Rgb24,
        _ => Net.PixelFormat.Rgba32,
    });

    private static string Summary(string output, PixelImage picture, int levels, TimeSpan time) => FormattableString.Invariant(
        $"{output}: {picture.Width}x{picture.Height}, {levels} level{(levels == 1 ? "" : "s")}, {time.TotalSeconds:0.00} s");
}
