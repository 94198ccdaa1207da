using System.Diagnostics;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Training.Data;
using Wct.Training.Progress;
using Wct.Training.Tasks;

namespace Wct.Training;

/// <summary>The training loop: crops, losses and gradients, Adam, checkpoints, curves, samples.</summary>
/// <remarks>The same task, options and pictures give the same weights, to the bit: for any number of threads, and interrupted or not.</remarks>
public sealed class Trainer(Backend backend, ITrainingTask task, PictureFolder pictures, TrainingOptions options)
{
    private const int SamplePictures = 8;

    // Large batches of large crops would fill the memory.
    private const int MostCropsAhead = 64;

    private const string PlotName = "losses.png", SamplesName = "samples.png";

    // A run that is killed may leave a part of any of them.
    private static readonly string[] Written = [Checkpoint.FileName, LossLog.FileName, PlotName, SamplesName];

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private readonly BatchPasses _batch = new(backend, task);

    /// <summary>Trains until all steps are done, the time is over, or it is canceled; the last two leave a checkpoint.</summary>
    /// <param name="progress">Told every few seconds, by the calling thread.</param>
    /// <param name="warning">Told of pictures that can't be read, by any thread.</param>
    /// <param name="damage">Told, by any thread, what is wrong with pictures that are used although their files are damaged: the path and the
    /// problem, once. Null: nobody is told.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="ArgumentException">Options that don't fit: the message says which.</exception>
    /// <exception cref="InvalidDataException">No checkpoint to resume from, another run's, or one where a new run is to begin; no picture can be read; the loss is no number.</exception>
    /// <exception cref="OperationCanceledException">Canceled before the first step.</exception>
    public TrainingResult Run(
        Action<TrainingProgress> progress, Action<string> warning, Action<string>? damage = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Check();
        // Several streams read the same files, and so do the samples.
        (warning, damage) = (OncePerText.Of(warning), OncePerText.Of(damage ?? (_ => { })));
        Directory.CreateDirectory(options.Folder);
        if (options.Resume)
            Array.ForEach(Written, file => AtomicFile.DeleteRemains(Path.Combine(options.Folder, file)));
        else
            Checkpoint.CheckNone(options.Folder);
        string run = options.Describe(task.Description, pictures.Description);
        (long step, long crop) = options.Resume ? Checkpoint.Load(options.Folder, run, task.Parameters) : (0, 0);
        if (step > options.Steps || crop != step * options.Batch)
            throw new InvalidDataException($"{options.Folder}: the checkpoint is damaged: step {step} of {options.Steps}, crop {crop} with {options.Batch} a step.");
        task.Refresh();
        MeasureTask(begins: step == 0, warning, damage, cancellation);
        using LossLog log = new(options.Folder, task.Losses, step);
        using CropStream crops = Crops(crop, Math.Min(2 * options.Batch, MostCropsAhead), warning, damage);
        Schedule schedule = new(options.Schedule, options.Rate, options.WarmUp, options.Steps);
        ProgressMeter meter = new(task.Losses, step, options.Steps, options.Batch, ReportInterval);
        long start = Stopwatch.GetTimestamp();
        for (bool last = step == options.Steps; !last;)
        {
            double rate = schedule.At(step + 1);
            double[]? losses = Step(crops, step + 1, rate, cancellation);
            if (losses is not null)
            {
                log.Add(++step, rate, losses);
                if (meter.Add(step, rate, losses) is { } report)
                    progress(report);
            }

            bool stops = losses is null || cancellation.IsCancellationRequested;
            last = step == options.Steps || stops || Stopwatch.GetElapsedTime(start) >= options.Limit;
            if (step % options.CheckpointEvery == 0 || last)
            {
                log.Flush();
                // A step that was broken off has taken some of its crops; the parameters are those of the step before.
                if (step > 0)
                    Checkpoint.Save(options.Folder, run, task.Parameters, step, step * options.Batch);
            }

            // Who breaks off wants the end, not the samples.
            if (!stops && (step % options.SampleEvery == 0 || last))
                Show(log, damage);
        }

        return new TrainingResult(step, step == options.Steps);
    }

    /// <summary>One step on the next crops.</summary>
    /// <returns>The losses, means over the batch; null if it was canceled, which changes no parameter.</returns>
    private double[]? Step(CropStream crops, long step, double rate, CancellationToken cancellation)
    {
        double[] losses;
        try
        {
            losses = _batch.Run(options.Batch, () => Crop.Load(backend, crops.Next(cancellation)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }

        Update(step, rate, losses[0]);
        return losses;
    }

    private void Update(long step, double rate, double loss)
    {
        double norm = Math.Sqrt(backend.SumOfSquares(task.Parameters.Gradients));
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new InvalidDataException($"step {step}: the loss or its gradient is no number; a smaller learning rate or clipping may help.");
        // Pascanu et al. 2013, over all parameters together.
        double scale = options.Clip > 0 && norm > options.Clip ? options.Clip / norm : 1;
        backend.Adam(
            task.Parameters.Values, task.Parameters.Gradients, task.Parameters.Mean, task.Parameters.Square, new AdamStep(step, rate, scale));
        task.Refresh();
    }

    // The stream's first crops, whether the run begins or goes on.
    private void MeasureTask(bool begins, Action<string> warning, Action<string> damage, CancellationToken cancellation)
    {
        using CropStream crops = Crops(0, task.MeasuredPictures, warning, damage);
        List<Tensor> measured = [];
        try
        {
            for (int i = 0; i < task.MeasuredPictures; i++)
                measured.Add(Crop.Load(backend, crops.Next(cancellation)));
            task.Measure(new CancelableList<Tensor>(measured, cancellation), begins);
        }
        finally
        {
            measured.ForEach(tensor => tensor.Dispose());
        }
    }

    private CropStream Crops(long first, int ahead, Action<string> warning, Action<string> damage) =>
        new(pictures.Training, options.ActualSide, options.Crop, options.Seed, first, ahead, warning, damage);

    private void Show(LossLog log, Action<string> damage)
    {
        LossPlot.Write(Path.Combine(options.Folder, PlotName), log);
        IReadOnlyList<string> shown = pictures.HeldOut.Count > 0 ? pictures.HeldOut : pictures.Training;
        Samples samples = new(backend, task, options.ActualSide, damage);
        ContactSheet.Write(Path.Combine(options.Folder, SamplesName), shown.Take(SamplePictures).Select(samples.Of).OfType<(PixelImage, PixelImage)>());
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CheckpointEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleEvery, 1);
        if (options.Steps > long.MaxValue / options.Batch)
            throw new ArgumentException($"{options.Steps} steps of {options.Batch} pictures are more than can be counted.");
        if (options.Crop < task.Grain || options.Crop % task.Grain != 0)
            throw new ArgumentException($"The crop is {options.Crop} pixels; with {task.Grain} as the network's grain it must be a multiple of that.");
        if (options.ActualSide < options.Crop)
            throw new ArgumentException($"Pictures are resized to {options.ActualSide} pixels, crops of {options.Crop} need more.");
    }
}
