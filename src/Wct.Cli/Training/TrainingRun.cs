using Wct.Cli.Weights;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training;
using Wct.Training.Data;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary>Runs a training command.</summary>
internal static class TrainingRun
{
    /// <param name="request">The command's options.</param>
    /// <param name="prepare">Creates the training task on a backend.</param>
    /// <param name="cancellationToken">Ends training with a checkpoint. The trained network is then not written.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(TrainingRequest request, Func<TrainingBackend, ITrainingTask> prepare, CancellationToken cancellationToken)
    {
        PictureFolder? pictures = request.Data is not { } folder ? null
            : FileErrors.Naming(folder, () => new PictureFolder(folder, request.HoldOut, Skipped, cancellationToken));
        foreach (string output in request.Outputs)
        {
            if (!request.Force)
                new InputGuard([.. request.Inputs, .. pictures?.Training ?? [], .. pictures?.HeldOut ?? []]).Check(output);
            ModelOutput.Check(output);
            if (request.Options.Resume)
                AtomicFile.DeleteRemains(output);
        }

        TrainingData data = pictures ?? (TrainingData)new NoiseData();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = request.Threads });
        using ITrainingTask task = prepare(backend);
        if (!request.Quiet)
            Console.Out.WriteLine(
                $"{task.Description}, losses {string.Join(" + ", task.Losses)}: {ModelSummary.Number(task.Parameters.Count)} parameters, "
                + data.Summary);
        Trainer trainer = new(backend, task, data, request.Options);
        TrainingResult result = trainer.Run(
            progress =>
            {
                if (!request.Quiet)
                    Console.Out.WriteLine(Line(progress));
            },
            Skipped, PictureWarnings.Print, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        FileErrors.Naming(request.Output, () =>
        {
            task.Save(request.Output);
            return true;
        });
        if (!request.Quiet)
            Console.Out.WriteLine($"{request.Output}: {result.Step} steps{(result.Complete ? "" : ", more are left")}");
        return ExitCode.Done;
    }

    /// <summary>Prints a warning about a picture or folder that is skipped.</summary>
    internal static void Skipped(string warning) => Console.Error.WriteLine($"wct: skipped: {OneLine.Clean(warning)}");

    private static string Line(TrainingProgress progress)
    {
        IEnumerable<string> losses = progress.Losses.Terms.Prepend((Name: "loss", Value: progress.Losses.Total))
            .Select(loss => FormattableString.Invariant($"{loss.Name} {loss.Value:g4}"));
        return string.Join("  ", (string[])
        [
            $"step {progress.Step}/{progress.Steps}", .. losses, FormattableString.Invariant($"rate {progress.Rate:g3}"),
            FormattableString.Invariant($"{progress.PicturesPerSecond:0.0} pictures/s"), $"{Time(progress.Left)} left",
        ]);
    }

    private static string Time(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
}
