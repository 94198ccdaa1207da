using System.Diagnostics;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Progress;
using Wct.Training.Tasks;

namespace Wct.Training;

/// <summary>The training loop. It reads crops, computes losses and gradients, updates the weights with Adam, and writes checkpoints, loss
/// curves and samples.</summary>
/// <remarks>The same task, options and pictures give the same bits, for any number of threads, and also if the run is interrupted and
/// resumed.</remarks>
/// <param name="backend">The backend of the task.</param>
/// <param name="task">The task to train.</param>
/// <param name="data">Pictures or noise.</param>
/// <param name="options">Steps, batches, learning rate, and the run's folder.</param>
public sealed class Trainer(TrainingBackend backend, ITrainingTask task, TrainingData data, TrainingOptions options)
{
    private const int SamplePictures = 8;

    // Limits the memory of large batches of large crops.
    private const int MostCropsAhead = 64;

    private const string PlotName = "losses.png", SamplesName = "samples.png";

    // The files of a run. A killed run may leave a partly written copy of each.
    private static readonly string[] Written = [Checkpoint.FileName, LossLog.FileName, PlotName, SamplesName];

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private readonly BatchPasses _batch = new(backend, task);

    /// <summary>Trains until all steps are done, the time limit is reached, or the run is canceled. It always ends with a checkpoint,
    /// unless it is canceled before the first step.</summary>
    /// <param name="progress">Called every few seconds, on the calling thread.</param>
    /// <param name="warning">Called once for each picture that can't be read, on any thread.</param>
    /// <param name="damage">Called once for each problem of a damaged picture that is used nevertheless, with path and problem, on any
    /// thread. May be null.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The number of completed steps, and whether these are all.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or two options don't fit together.</exception>
    /// <exception cref="InvalidDataException">There is no checkpoint to resume; the checkpoint belongs to another run; a new run's folder
    /// has a checkpoint; no picture can be read; or the loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before the first step.</exception>
    public TrainingResult Run(
        Action<TrainingProgress> progress, Action<string> warning, Action<string>? damage = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Check();
        // Several streams and the samples read the same files, but each problem is reported once.
        (warning, damage) = (OncePerText.Of(warning), OncePerText.Of(damage ?? (_ => { })));
        Directory.CreateDirectory(options.Folder);
        if (options.Resume)
            Array.ForEach(Written, file => AtomicFile.DeleteRemains(Path.Combine(options.Folder, file)));
        else
            Checkpoint.CheckNone(options.Folder);
        string run = options.Describe($"{task.Description}, losses {string.Join(" + ", task.Losses)}", data.Description);
        (long step, long crop) = options.Resume ? Checkpoint.Load(options.Folder, run, task.Parameters) : (0, 0);
        if (step > options.Steps || crop != step * options.Batch)
            throw new InvalidDataException(
                $"{options.Folder}: the checkpoint is damaged: step {step} of {options.Steps}, crop {crop} with {options.Batch} a step.");
        task.Refresh();
        MeasureTask(initialize: step == 0, warning, damage, cancellationToken);
        using LossLog log = new(options.Folder, task.Losses, step);
        using ICrops crops = Crops(crop, Math.Min(2 * options.Batch, MostCropsAhead), warning, damage);
        Schedule schedule = new(options.Schedule, options.Rate, options.WarmUp, options.Steps);
        ProgressMeter meter = new(task.Losses, step, options.Steps, options.Batch, ReportInterval);
        long start = Stopwatch.GetTimestamp();
        for (bool last = step == options.Steps; !last;)
        {
            double rate = schedule.At(step + 1);
            LossValues? losses = Step(crops, step + 1, rate, cancellationToken);
            if (losses is not null)
            {
                LossRow row = new(++step, rate, losses);
                log.Add(row);
                if (meter.Add(row) is { } report)
                    progress(report);
            }

            bool stops = losses is null || cancellationToken.IsCancellationRequested;
            last = step == options.Steps || stops || Stopwatch.GetElapsedTime(start) >= options.Limit;
            if (step % options.CheckpointEvery == 0 || last)
            {
                log.Flush();
                // A canceled step has used some crops, but the parameters are those of the previous step.
                if (step > 0)
                    Checkpoint.Save(options.Folder, run, task.Parameters, step, step * options.Batch);
            }

            // A canceled run ends without samples, because they take time.
            if (!stops && (step % options.SampleEvery == 0 || last))
                Show(log, damage);
        }

        return new TrainingResult(step, step == options.Steps);
    }

    /// <summary>Runs one step on the next crops.</summary>
    /// <returns>Means over the batch; null if the step was canceled, which leaves the parameters unchanged.</returns>
    private LossValues? Step(ICrops crops, long step, double rate, CancellationToken cancellationToken)
    {
        LossValues losses;
        try
        {
            losses = _batch.Run(
                options.Batch, () => Crop.Load(backend, crops.Next(cancellationToken)), (step - 1) * options.Batch);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        Update(step, rate, losses.Total);
        return losses;
    }

    private void Update(long step, double rate, double loss)
    {
        ParameterSet parameters = task.Parameters;
        double norm = Math.Sqrt(backend.SumOfSquares(parameters.Gradients.Span));
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new InvalidDataException(
                $"step {step}: the loss or its gradient is not finite; a lower learning rate or clipping may help.");
        // Clips the norm over all parameters, as in Pascanu et al. 2013.
        double scale = options.Clip > 0 && norm > options.Clip ? options.Clip / norm : 1;
        backend.Adam(
            parameters.Values.Span, parameters.Gradients.Span, parameters.Mean.Span, parameters.Square.Span,
            new AdamStep(step, rate, scale));
        task.Refresh();
    }

    // Measures the first crops of the stream, also if the run resumes.
    private void MeasureTask(bool initialize, Action<string> warning, Action<string> damage, CancellationToken cancellationToken)
    {
        using ICrops crops = Crops(0, Math.Max(1, task.MeasuredPictures), warning, damage);
        List<Tensor> measured = [];
        try
        {
            for (int i = 0; i < task.MeasuredPictures; i++)
                measured.Add(Crop.Load(backend, crops.Next(cancellationToken)));
            task.Measure(new CancelableList<Tensor>(measured, cancellationToken), initialize);
        }
        finally
        {
            measured.ForEach(tensor => tensor.Dispose());
        }
    }

    private ICrops Crops(long first, int ahead, Action<string> warning, Action<string> damage) =>
        data.Open(new CropOptions(options.ActualSide, options.Crop, options.Seed), first, ahead, warning, damage);

    private void Show(LossLog log, Action<string> damage)
    {
        LossPlot.Write(Path.Combine(options.Folder, PlotName), log);
        ContactSheet.Write(
            Path.Combine(options.Folder, SamplesName),
            Samples.Of(backend, task, data.Samples(SamplePictures, options.ActualSide, task.SizeMultiple, damage)));
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CheckpointEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleEvery, 1);
        if (options.Steps > long.MaxValue / options.Batch)
            throw new ArgumentException($"{options.Steps} steps of {options.Batch} pictures exceed the largest number of pictures.");
        if (options.Crop < task.SizeMultiple || options.Crop % task.SizeMultiple != 0)
            throw new ArgumentException(
                $"The crop is {options.Crop} pixels; for this network it must be a multiple of {task.SizeMultiple}.");
        if (options.ActualSide < options.Crop)
            throw new ArgumentException($"Pictures are resized to {options.ActualSide} pixels, crops of {options.Crop} need more.");
    }
}
