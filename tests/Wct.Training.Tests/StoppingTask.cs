using Wct.Kernels;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Tests;

/// <summary>Wraps a training task and ends the run in the middle of a step.</summary>
/// <param name="task">The wrapped task.</param>
/// <param name="pictures">Number of pictures that are processed before the end.</param>
/// <param name="cancels">The source to cancel, as a signal would; if null, <see cref="Stop"/> is thrown, as if the process were
/// killed.</param>
internal sealed class StoppingTask(ITrainingTask task, long pictures, CancellationTokenSource? cancels = null) : ITrainingTask
{
    private long _done;

    /// <summary>Thrown to end the run.</summary>
    internal sealed class Stop : Exception;

    public string Description => task.Description;

    public ParameterSet Parameters => task.Parameters;

    public IReadOnlyList<WeightedLoss> Losses => task.Losses;

    public int SizeMultiple => task.SizeMultiple;

    public int MeasuredPictures { get; init; } = task.MeasuredPictures;

    public void Measure(IReadOnlyList<Tensor> pictures, bool initialize) => task.Measure(pictures, initialize);

    public void Accumulate(Tensor picture, long index, double weight, Memory<float> gradients, LossValues losses)
    {
        if (Interlocked.Increment(ref _done) > pictures)
        {
            if (cancels is null)
                throw new Stop();
            cancels.Cancel();
        }

        task.Accumulate(picture, index, weight, gradients, losses);
    }

    public void Refresh() => task.Refresh();

    public Tensor? Reconstruct(Tensor picture, long index) => task.Reconstruct(picture, index);

    public void Save(string path) => task.Save(path);

    public void Dispose()
    {
    }
}
