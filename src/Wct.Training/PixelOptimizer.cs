using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Training;

/// <summary>Makes pictures by optimizing their pixels: style transfer and textures (Gatys et al. 2015, 2016), Markov random fields (Li and
/// Wand 2016), and the inversion of features (Mahendran and Vedaldi 2015).</summary>
/// <remarks>
/// <para>The loss is a sum of terms, each with its <see cref="ILossTerm.Weight"/>. Terms bring their own targets
/// (<see cref="IPreparedLossTerm"/>), or read <see cref="LossContext.Target"/>, which is the content.</para>
/// <para>The same arguments give the same bytes, for any number of threads, and also if a run is interrupted and resumed.</para>
/// </remarks>
public static class PixelOptimizer
{
    private const int MostSizes = 12, ShortestSide = 16;

    /// <summary>Optimizes a picture of a content's size, on a thread of its own. Returns at once.</summary>
    /// <param name="content">The content: it gives the size, and unless the options have another one, the start. Its bytes must not change
    /// until the task has ended.</param>
    /// <param name="losses">At least one term with a weight above 0, with different names.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives a report after each step, on the run's thread; null for none.</param>
    /// <param name="cancellationToken">Ends the run after the current evaluation. The task then still gives the best picture so far, in the
    /// size of the stage if the run goes from coarse to fine, and a checkpoint is written.</param>
    /// <returns>A task with the picture that has the lowest loss. It has the content's alpha, and its layout if that has alpha; otherwise
    /// it is RGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="losses"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, there is no loss with a weight above 0, or two losses have the same
    /// name.</exception>
    /// <remarks>The task fails with <see cref="ArgumentException"/> if the network lacks a tap or a term doesn't fit the pictures, with
    /// <see cref="InvalidDataException"/> if a checkpoint belongs to another run or the first loss is not finite, with
    /// <see cref="IOException"/> if a checkpoint can't be written, with <see cref="InsufficientMemoryException"/>, and with
    /// <see cref="OperationCanceledException"/> if it is canceled before the first evaluation.</remarks>
    public static Task<PixelImage> RunAsync(
        PixelImage content, IReadOnlyList<ILossTerm> losses, PixelOptimizerOptions? options = null,
        IProgress<PixelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Start(content, content.Width, content.Height, losses, options, progress, cancellationToken);
    }

    /// <summary>Optimizes a picture without a content, such as a texture, on a thread of its own. Returns at once. The start is noise
    /// unless the options have a picture.</summary>
    /// <param name="width">Width of the result in pixels, at least 1.</param>
    /// <param name="height">Height of the result in pixels, at least 1.</param>
    /// <param name="losses">At least one term with a weight above 0, with different names.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives a report after each step, on the run's thread; null for none.</param>
    /// <param name="cancellationToken">Ends the run, as with a content.</param>
    /// <returns>A task with the picture that has the lowest loss, RGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="losses"/> is null.</exception>
    /// <exception cref="ArgumentException">A side is below 1, an option is out of range, there is no loss with a weight above 0, or two
    /// losses have the same name.</exception>
    /// <remarks>The task fails as with a content, and with <see cref="ArgumentException"/> if a term compares with the content.</remarks>
    public static Task<PixelImage> RunAsync(
        int width, int height, IReadOnlyList<ILossTerm> losses, PixelOptimizerOptions? options = null,
        IProgress<PixelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return Start(content: null, width, height, losses, options, progress, cancellationToken);
    }

    /// <summary>Computes the losses of a picture as an optimization does, without changing the picture.</summary>
    /// <param name="picture">The picture. Terms that leave out hidden pixels, such as <see cref="GramLoss"/>, leave out those whose alpha
    /// is 0.</param>
    /// <param name="losses">At least one term with a weight above 0, with different names. The value of a term with weight 0 is 0.</param>
    /// <param name="content">What terms without targets of their own compare with, in any size; null if there are none.</param>
    /// <param name="options">Network, pooling, threads and backend count, and with a content how styles get its colors; null for the
    /// defaults.</param>
    /// <param name="cancellationToken">Cancels before the targets are measured, or before the picture is.</param>
    /// <returns>The value of each term without its weight, and the weighted total.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="picture"/> or <paramref name="losses"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no loss with a weight above 0, two losses have the same name, the network lacks a tap,
    /// a term doesn't fit the picture or compares with a missing content, or the number of threads is negative.</exception>
    /// <exception cref="InvalidDataException">A loss is not finite.</exception>
    /// <exception cref="InsufficientMemoryException">There isn't enough memory.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>The result doesn't depend on the number of threads.</remarks>
    public static LossValues Evaluate(
        PixelImage picture, IReadOnlyList<ILossTerm> losses, PixelImage? content = null, PixelOptimizerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        options ??= new PixelOptimizerOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        WeightedLoss[] weighted = Weighted(losses);
        cancellationToken.ThrowIfCancellationRequested();
        using CpuBackend? own = OwnBackend(options);
        TrainingBackend backend = own ?? options.Backend!;
        using PixelObjective objective = new(backend, options.LossNetwork, weighted, options.Pooling);
        objective.Prepare(new ScaledPictures(backend, content, picture.Width, picture.Height, halvings: 0, options.PreserveColor)
        {
            Visible = Visibility.Of(picture),
        });
        cancellationToken.ThrowIfCancellationRequested();
        using Tensor pixels = Data.Crop.Load(backend, picture.ToRgb());
        LossValues values = objective.Measure(pixels);
        foreach ((string name, double value) in values.Terms)
        {
            if (!double.IsFinite(value))
                throw new InvalidDataException(FormattableString.Invariant($"The loss '{name}' of the picture is {value}."));
        }

        return values;
    }

    private static Task<PixelImage> Start(
        PixelImage? content, int width, int height, IReadOnlyList<ILossTerm> losses, PixelOptimizerOptions? options,
        IProgress<PixelProgress>? progress, CancellationToken cancellationToken)
    {
        WeightedLoss[] weighted = Weighted(losses);
        options ??= new PixelOptimizerOptions();
        Check(options, Math.Min(width, height));
        return Task.Factory.StartNew(
            () =>
            {
                using CpuBackend? own = OwnBackend(options);
                using PixelRun run = new(own ?? options.Backend!, content, width, height, weighted, options, progress);
                return run.Run(cancellationToken);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static WeightedLoss[] Weighted(IReadOnlyList<ILossTerm> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        WeightedLoss[] weighted = [.. losses.Select(term => new WeightedLoss(term, term?.Weight ?? 0))];
        // The constructor checks that the names differ.
        _ = new LossValues(weighted);
        return weighted;
    }

    // Null if the options have a backend.
    private static CpuBackend? OwnBackend(PixelOptimizerOptions options) =>
        options.Backend is null ? CpuBackend.Create(new CpuBackendOptions { Threads = options.Threads }) : null;

    private static void Check(PixelOptimizerOptions options, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PictureEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CheckpointEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Pyramid, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Pyramid, MostSizes);
        if (!(options.Rate > 0 && double.IsFinite(options.Rate)))
            throw new ArgumentException(FormattableString.Invariant($"The rate is {options.Rate}, it must be finite and above 0."));
        int smallest = side >> (options.Pyramid - 1);
        if (options.Pyramid > 1 && smallest < ShortestSide)
            throw new ArgumentException(
                $"With {options.Pyramid} sizes the smallest one has a side of {smallest} pixels, at least {ShortestSide} are needed.");
    }
}
