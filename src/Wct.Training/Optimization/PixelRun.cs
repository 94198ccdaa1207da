using System.Globalization;
using Wct.Kernels;
using Wct.Net;
using Wct.Net.Colors;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;

namespace Wct.Training.Optimization;

/// <summary>One optimization of pixels, from the smallest size to the picture's.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="content">The content; null if there is none.</param>
/// <param name="width">Width of the result.</param>
/// <param name="height">Height of the result.</param>
/// <param name="losses">The terms and their weights.</param>
/// <param name="options">Checked options.</param>
/// <param name="progress">Receives a report after each step; null for none.</param>
internal sealed class PixelRun(
    TrainingBackend backend, PixelImage? content, int width, int height, IReadOnlyList<WeightedLoss> losses, PixelOptimizerOptions options,
    IProgress<PixelProgress>? progress) : IDisposable
{
    private readonly EncoderWeights _network = options.LossNetwork;
    private PixelObjective? _objective;
    private IPixelStepper? _stepper;
    private Tensor? _best;
    private double _bestValue;

    // The losses of the current picture, times their weights.
    private double[] _weighted = [];

    private long Steps => (long)options.Steps * options.Pyramid;

    /// <summary>Runs all steps.</summary>
    /// <returns>The best picture, at its current size if the run was canceled.</returns>
    /// <exception cref="OperationCanceledException">Canceled before the losses of the first picture were known.</exception>
    internal PixelImage Run(CancellationToken cancellationToken)
    {
        string run = Describe();
        _objective = new PixelObjective(backend, _network, losses, options.Pooling);
        (int scale, int step) = (0, 0);
        ScaledPictures pictures = Pictures(0);
        if (options is { Resume: true, Checkpoint: { } path } && File.Exists(path))
        {
            (scale, step) = Restore(path, run);
            pictures = Pictures(scale);
        }
        else
        {
            cancellationToken.ThrowIfCancellationRequested();
            Begin(pictures, options.Start.At(pictures.Content, pictures.Width, pictures.Height));
        }

        while (true)
        {
            bool canceled = !RunSize(run, pictures, scale, step, cancellationToken);
            if (canceled || scale + 1 == options.Pyramid)
                return Result(pictures, isFinal: scale + 1 == options.Pyramid);
            PixelImage start = Store(pictures);
            (scale, step, pictures) = (scale + 1, 0, Pictures(scale + 1));
            Begin(pictures, ScaledPictures.Resized(start, pictures.Width, pictures.Height));
        }
    }

    public void Dispose()
    {
        _stepper?.Dispose();
        _best?.Dispose();
        _objective?.Dispose();
    }

    // Returns false if the run was canceled.
    private bool RunSize(string run, ScaledPictures pictures, int scale, int step, CancellationToken cancellationToken)
    {
        IPixelStepper stepper = _stepper!;
        bool canceled = false;
        for (bool ends = step == options.Steps; !ends && !canceled;)
        {
            try
            {
                if (_objective!.BeginStep(step + 1))
                {
                    // The loss is another one now, so earlier values don't compare with it.
                    stepper.Evaluate();
                    Keep();
                }

                ends = !stepper.Step(cancellationToken) || ++step == options.Steps;
                _weighted = [.. _objective.Weighted];
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                canceled = true;
            }

            if (stepper.Value < _bestValue)
                Keep();
            if (!canceled)
                Report(pictures, (long)scale * options.Steps + step);
            if (options.Checkpoint is { } path && (canceled || ends || step % options.CheckpointEvery == 0))
                Save(path, run, scale, step);
        }

        return !canceled;
    }

    private ScaledPictures Pictures(int scale) =>
        new(backend, content, width, height, options.Pyramid - 1 - scale, options.PreserveColor);

    private void Begin(ScaledPictures pictures, PixelImage start)
    {
        Create(pictures, start);
        _stepper!.Evaluate();
        if (!double.IsFinite(_stepper.Value))
            throw new InvalidDataException("The loss of the first picture is not finite; smaller weights may help.");
        _weighted = [.. _objective!.Weighted];
        Keep();
    }

    private void Create(ScaledPictures pictures, PixelImage start)
    {
        _stepper?.Dispose();
        _best?.Dispose();
        (_stepper, _best) = (null, null);
        _objective!.Prepare(pictures);
        Tensor picture = Data.Crop.Load(backend, start);
        _stepper = options.Method == PixelMethod.Lbfgs ? new Lbfgs(backend, _objective.Evaluate, picture)
            : new PixelAdam(backend, _objective.Evaluate, picture, options.Rate);
        _best = backend.Allocate(picture.Shape);
    }

    private (int Scale, int Step) Restore(string path, string run)
    {
        (PixelCheckpoint checkpoint, TensorArchive archive) = PixelCheckpoint.Open(path, run, losses.Count);
        using (archive)
        {
            if (checkpoint.Scale < 0 || checkpoint.Scale >= options.Pyramid || checkpoint.Step < 0 || checkpoint.Step > options.Steps)
                throw archive.Fail($"is at step {checkpoint.Step} of size {checkpoint.Scale}, the run has {options.Steps} steps at each of "
                    + $"{options.Pyramid} sizes");
            ScaledPictures pictures = Pictures(checkpoint.Scale);
            Create(pictures, new PixelImage(pictures.Width, pictures.Height));
            _stepper!.Restore(archive, checkpoint.Value);
            _weighted = [.. checkpoint.Weighted];
            _objective!.Restore(archive, _weighted);
            _objective.Evaluations = checkpoint.Evaluations;
            TensorState.Load(backend, archive, "best", _best!);
            _bestValue = checkpoint.BestValue;
        }

        return (checkpoint.Scale, checkpoint.Step);
    }

    private void Save(string path, string run, int scale, int step)
    {
        PixelCheckpoint checkpoint = new(scale, step, _objective!.Evaluations, _stepper!.Value, _bestValue)
        {
            Weighted = _weighted,
        };
        checkpoint.Save(path, run, [.. _stepper.State(), .. _objective.State(), TensorState.Save(backend, _best!, "best")]);
    }

    private void Keep()
    {
        backend.Copy(_stepper!.Picture, _best!);
        _bestValue = _stepper.Value;
    }

    private void Report(ScaledPictures pictures, long step)
    {
        progress?.Report(new PixelProgress(step, Steps, pictures.Width, pictures.Height, _objective!.Losses, _objective.Evaluations));
        if (options.OnPicture is { } use && step % options.PictureEvery == 0)
            use(step, Store(pictures));
    }

    // The best picture, clamped to 0..1.
    private PixelImage Store(ScaledPictures pictures)
    {
        PixelImage result = new(pictures.Width, pictures.Height);
        backend.StorePixels(_best!, result.Bytes, result.Width, result.Height, result.Stride, result.Layout);
        return result;
    }

    private PixelImage Result(ScaledPictures pictures, bool isFinal)
    {
        if (options.PreserveColor is { Method: ColorPreservationMethod.Luminance, Strength: > 0 } colors
            && pictures.Content is { } source)
        {
            float[] values = new float[_best!.Shape.Length];
            backend.Read(_best, values);
            for (int i = 0; i < values.Length; i++)
                values[i] = Math.Clamp(values[i], 0, 1);
            LuminanceColors.Apply(
                source.Bytes.AsSpan(0, 3 * source.Width * source.Height), source.Width, source.Height, values, source.Width,
                source.Width * source.Height, colors.Strength);
            backend.Write(values, _best);
        }

        PixelImage result = Store(pictures);
        return isFinal && content is not null ? Transparency.Restore(result, content) : result;
    }

    // Everything that the result depends on.
    private string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{width}x{height}, content {(content is null ? "none" : Fingerprint.Of(content))}, "
        + $"network {Fingerprint.Of(_network.Convolutions)} with {options.Pooling} pooling, losses {string.Join(" + ", losses)}, "
        + $"{options.Steps} steps at {options.Pyramid} sizes, {options.Method} {options.Rate}, "
        + $"start {options.Start.Describe()}, colors {options.PreserveColor.Method} {options.PreserveColor.Strength}");
}
