using System.Diagnostics;
using Wct.Cli.Progress;
using Wct.Cli.Stylize;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Cli.Networks;

/// <summary>Runs <c>wct apply</c>.</summary>
internal static class ApplyRun
{
    // Sides of a texture without --size.
    private const int DefaultSide = 512;

    /// <returns>The exit code.</returns>
    internal static int Run(ApplyRequest request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        StylizeRequest common = request.Common;
        StyleNetworkModel model = FileErrors.Naming(request.Network, () => StyleNetworkModel.Load(request.Network));
        bool isTexture = model.Kind == StyleNetworkKind.Texture;
        if (isTexture && common.Content.Length > 0)
            throw new Failure($"{request.Network}: makes textures from noise, and CONTENT is {common.Content}; leave it out");
        if (!isTexture && common.Content.Length == 0)
            throw new UsageError("CONTENT is missing: the photo");
        if (!isTexture && request.Size is not null)
            throw new Failure($"{request.Network}: makes pictures of the photo's size{(model.Scale > 1 ? $" times {model.Scale}" : "")}; "
                + "--size is for textures");
        if (request.NoiseOption is { } option && !isTexture && !model.Table.Layers.Any(layer => layer is NoiseLayer))
            throw new Failure($"{request.Network}: has no noise; {option} is for networks that have some");
        StyleNetworkOptions options = new()
        {
            StyleWeights = request.Styles is { } styles ? StyleChoice.Weights(model, request.Network, styles) : null,
            Seed = request.Seed,
            NoiseScale = request.NoiseScale,
            MaxMemory = common.MaxMemory,
        };
        return isTexture ? RunTexture(request, model, options, start, cancellationToken)
            : RunPhoto(request, model, options, start, cancellationToken);
    }

    private static int RunPhoto(
        ApplyRequest request, StyleNetworkModel model, StyleNetworkOptions options, long start, CancellationToken cancellationToken)
    {
        StylizeRequest common = request.Common;
        using PictureRows content = StylizeRun.Open(
            common.Content, side: 0, StylizeRun.Limits(common), common.MaxMemory, new PictureWarnings());
        (long width, long height) = ((long)content.Width * model.Scale, (long)content.Height * model.Scale);
        Check("the result", width, height, common);
        string output = common.Output ?? OutputFile.DefaultName(common.Content, [request.Network], content.Layout);
        using ResultRows result = Begin(request, output, (int)width, (int)height, content.Layout, content.Metadata);
        using StyleNetwork network = Open(common, model);
        Show(common, progress => network.Apply(content, result, options, progress, cancellationToken));
        return End(request, output, result, start, cancellationToken);
    }

    private static int RunTexture(
        ApplyRequest request, StyleNetworkModel model, StyleNetworkOptions options, long start, CancellationToken cancellationToken)
    {
        (int width, int height) = request.Size ?? (DefaultSide, DefaultSide);
        Check("--size", width, height, request.Common);
        string output = request.Common.Output ?? Path.GetFileNameWithoutExtension(request.Network) + "-texture" + OutputFile.Png;
        using ResultRows result = Begin(request, output, width, height, PixelLayout.Rgb24, metadata: null);
        using StyleNetwork network = Open(request.Common, model);
        Show(request.Common, progress => network.Synthesize(width, height, result, options, progress, cancellationToken));
        return End(request, output, result, start, cancellationToken);
    }

    private static void Check(string what, long width, long height, StylizeRequest request)
    {
        if (width > int.MaxValue || height > int.MaxValue || (Int128)width * height > request.MaxPixels)
            throw new Failure($"{what} is {width}x{height}, which has more than {request.MaxPixels} pixels, the limit; --max-pixels "
                + "raises it");
    }

    // Checks before long work begins that the result can be written.
    private static ResultRows Begin(
        ApplyRequest request, string output, int width, int height, PixelLayout layout, ImageMetadata? metadata)
    {
        if (!request.Common.Force)
            new InputGuard([request.Network, request.Common.Content.Length > 0 ? request.Common.Content : null]).Check(output);
        OutputFile.Check(output, width, height, layout);
        ImageWriteOptions options = ResultOptions.Of(Path.GetExtension(output), request.Common.Quality) with
        {
            Metadata = request.Common.StripMetadata ? null : metadata,
        };
        return new ResultRows(output, width, height, layout, options);
    }

    /// <summary>Prepares a network for use.</summary>
    internal static StyleNetwork Open(StylizeRequest request, StyleNetworkModel model) => new(model, new LoadOptions
    {
        Device = request.Device,
        Precision = request.Precision,
        Threads = request.Threads,
    });

    private static void Show(StylizeRequest request, Action<IProgress<double>?> work) => StylizeRun.Display(request).Show(
        progress => ReadingMemory.Explaining(
            () => work(progress is null ? null : new NetworkProgress(progress)), smaller: "a smaller picture needs less"));

    private static int End(ApplyRequest request, string output, ResultRows result, long start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        result.Complete();
        if (!request.Common.Quiet)
            Console.Out.WriteLine(OneLine.Clean(FormattableString.Invariant(
                $"{output}: {result.Width}x{result.Height}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s")));
        return ExitCode.Done;
    }
}
