using System.Diagnostics;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>Runs an optimization of pixels: reads pictures, shows progress and writes results.</summary>
/// <param name="request">The options.</param>
/// <param name="cancellationToken">Ends the run with the best picture so far.</param>
internal sealed class OptimizerRun(OptimizerRequest request, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ImageReadOptions _limits = new() { MaxPixels = request.MaxPixels };
    private readonly PictureWarnings _warnings = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Length of the shorter side after resizing, in pixels; 0 keeps the size.</param>
    /// <param name="scale">A further factor of the size.</param>
    internal PixelImage Read(string path, int side = 0, double scale = 1)
    {
        if (scale != 1)
        {
            int shorter = Read(path, side, picture => Math.Min(picture.Width, picture.Height));
            side = (int)Math.Max(1, Math.Round(shorter * scale));
        }

        return Read(path, side, picture => picture.ReadAll());
    }

    /// <summary>Reads a mask.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="of">The file of the picture that the mask is for.</param>
    /// <param name="picture">That picture, which may have been resized.</param>
    /// <exception cref="Failure">The mask has another size than the picture's file has, and than it has after resizing.</exception>
    internal StyleMask Mask(string path, string option, string of, PixelImage picture)
    {
        StyleMask mask = Read(path, side: 0, StyleMask.OfGray);
        CheckSize(path, option, mask.Width, mask.Height, of, picture);
        return mask;
    }

    /// <summary>Reads the motion from or to a picture.</summary>
    /// <param name="path">The .flo file.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="of">The picture's file.</param>
    /// <param name="picture">That picture, which may have been resized.</param>
    /// <returns>The motion in the size of <paramref name="picture"/>.</returns>
    /// <exception cref="Failure">The field has another size than the picture's file has, and than it has after resizing.</exception>
    internal FlowField Flow(string path, string option, string of, PixelImage picture)
    {
        FlowField flow = FileErrors.Naming(path, () => FlowField.Read(path, request.MaxPixels));
        CheckSize(path, option, flow.Width, flow.Height, of, picture);
        return flow.Resize(picture.Width, picture.Height);
    }

    /// <summary>Checks before long work begins that the result can be written, and replaces no input.</summary>
    /// <exception cref="Failure">It can't be written, or would replace an input.</exception>
    internal void Check(int width, int height, PixelLayout layout)
    {
        InputGuard? guard = request.Force ? null : new InputGuard([request.Network, .. request.Inputs]);
        guard?.Check(request.Output);
        if (request.Options.Checkpoint is { } checkpoint)
        {
            guard?.Check(checkpoint);
            Weights.ModelOutput.Check(checkpoint);
            AtomicFile.DeleteRemains(checkpoint);
        }

        if (request.SaveSteps is { } folder && File.Exists(folder))
            throw new Failure($"{folder}: is a file; --save-steps names a folder");
        OutputFile.Check(request.Output, width, height, layout);
    }

    /// <summary>Reads the loss network, up to a level.</summary>
    internal EncoderWeights Network() => EncoderInput.Load(request.Network, cancellationToken);

    /// <summary>The total variation, if it has a weight.</summary>
    internal IEnumerable<ILossTerm> Variation() =>
        request.VariationWeight > 0 ? [new TotalVariationLoss(request.VariationWeight)] : [];

    /// <summary>Optimizes.</summary>
    /// <param name="network">The loss network.</param>
    /// <param name="run">Starts the optimization with complete options.</param>
    /// <param name="label">What the lines of progress begin with.</param>
    /// <returns>The picture and the losses after the last step.</returns>
    internal (PixelImage Picture, PixelProgress? Last) Optimize(
        EncoderWeights network, Func<PixelOptimizerOptions, IProgress<PixelProgress>, Task<PixelImage>> run, string label = "")
    {
        Reports reports = new(request, label);
        PixelOptimizerOptions options = request.Options with { Network = network, OnPicture = StepFiles.Of(request) };
        PixelImage picture;
        try
        {
            picture = run(options, reports).GetAwaiter().GetResult();
        }
        catch (ArgumentException error)
        {
            throw new Failure(NetworkError.Naming(request.Network, ErrorLine.Problem(error).TrimEnd('.')), error);
        }

        return (picture, reports.Last);
    }

    /// <summary>Writes the result, and prints a line about it.</summary>
    /// <returns>The exit code.</returns>
    internal int Complete(PixelImage picture, PixelProgress? last, ImageMetadata? metadata = null)
    {
        ImageWriteOptions options = ResultOptions.Of(Path.GetExtension(request.Output), request.Quality) with { Metadata = metadata };
        FileErrors.Naming(request.Output, () =>
        {
            ImageFile.Write(request.Output, picture, options);
            return true;
        });
        bool canceled = cancellationToken.IsCancellationRequested;
        if (canceled)
            Console.Error.WriteLine(ErrorLine.Of($"canceled; {request.Output} has the best picture so far"));
        if (!request.Quiet)
        {
            string steps = last is null ? "" : $"{last.Step} steps, {Text(last.Losses)}, ";
            Console.Out.WriteLine(OneLine.Clean(FormattableString.Invariant(
                $"{request.Output}: {picture.Width}x{picture.Height}, {steps}{Stopwatch.GetElapsedTime(_start).TotalSeconds:0.00} s")));
        }

        return canceled ? ExitCode.Interrupted : ExitCode.Done;
    }

    // A file that belongs to a picture has the size of that picture's file, or the size after resizing.
    private void CheckSize(string path, string option, int width, int height, string of, PixelImage picture)
    {
        if ((width, height) == (picture.Width, picture.Height))
            return;
        (int ownWidth, int ownHeight) = FileErrors.Naming(of, () =>
        {
            using ImageReader reader = ImageFile.Open(of, _limits);
            return (reader.Width, reader.Height);
        });
        if ((width, height) != (ownWidth, ownHeight))
            throw new Failure($"{path}: {option} has {width}x{height} pixels, {of} has {ownWidth}x{ownHeight}");
    }

    private T Read<T>(string path, int side, Func<PictureRows, T> use)
    {
        using PictureRows picture = StylizeRun.Open(path, side, _limits, memory: null, _warnings);
        return use(picture);
    }

    private static string Text(LossValues losses) => string.Join(", ", losses.Terms.Prepend((Name: "loss", Value: losses.Total))
        .Select(loss => FormattableString.Invariant($"{loss.Name} {loss.Value:g4}")));

    // Prints a line every few seconds, on the run's thread.
    private sealed class Reports(OptimizerRequest request, string label) : IProgress<PixelProgress>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _printed = Stopwatch.GetTimestamp(), _first = -1;

        internal PixelProgress? Last { get; private set; }

        public void Report(PixelProgress value)
        {
            Last = value;
            // A resumed run doesn't start with step 1.
            _first = _first < 0 ? value.Step - 1 : _first;
            if (request.Quiet || (Stopwatch.GetElapsedTime(_printed) < Interval && value.Step != value.Steps && value.Step != _first + 1))
                return;
            _printed = Stopwatch.GetTimestamp();
            double speed = (value.Step - _first) / Stopwatch.GetElapsedTime(_start).TotalSeconds;
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{label}step {value.Step}/{value.Steps}  {value.Width}x{value.Height}  {Text(value.Losses)}  {speed:0.00} steps/s"));
        }
    }
}
