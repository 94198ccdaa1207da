using Wct.Kernels;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Tests;

/// <summary>A task that breaks off in the middle of a step, as a process that is killed.</summary>
/// <param name="cancels">Is canceled in place of that, as by a signal.</param>
internal sealed class StoppingTask(ITrainingTask task, long pictures, CancellationTokenSource? cancels = null) : ITrainingTask
{
    private long _done;

    /// <summary>What it breaks off with.</summary>
    internal sealed class Stop : Exception;

    public string Description => task.Description;

    public ParameterSet Parameters => task.Parameters;

    public IReadOnlyList<string> Losses => task.Losses;

    public int Grain => task.Grain;

    public int MeasuredPictures => task.MeasuredPictures;

    public void Measure(IReadOnlyList<Tensor> pictures, bool begins) => task.Measure(pictures, begins);

    public void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses)
    {
        if (Interlocked.Increment(ref _done) > pictures)
        {
            if (cancels is null)
                throw new Stop();
            cancels.Cancel();
        }

        task.Accumulate(picture, weight, gradients, losses);
    }

    public void Refresh() => task.Refresh();

    public Tensor? Reconstruct(Tensor picture) => task.Reconstruct(picture);

    public void Save(string path) => task.Save(path);

    public void Dispose()
    {
    }
}
