using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Tasks;

namespace Wct.Training;

/// <summary>Runs the pictures of a batch through a task, several at the same time, and adds up their gradients.</summary>
/// <remarks>
/// On crops of training, threads that share a layer wait for each other at its end most of the time; with a picture each they do not. A
/// picture's sums belong to its lane, lanes take turns in a fixed order and are added up in order: the number of threads changes no bit.
/// </remarks>
public sealed class BatchPasses(Backend backend, ITrainingTask task)
{
    // Each has gradients of its own, and keeps the feature maps of a picture while it runs.
    private const int MostLanes = 8;

    private float[][] _gradients = [];

    /// <summary>Runs some pictures; their mean gradients replace those of the parameter set.</summary>
    /// <param name="batch">How many, at least 1.</param>
    /// <param name="next">Gives them one after the other, as the task wants them; each is disposed of.</param>
    /// <returns>The losses, means over the batch.</returns>
    public double[] Run(int batch, Func<Tensor> next)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(next);
        int lanes = Math.Min(batch, MostLanes);
        if (_gradients.Length != lanes)
            _gradients = [.. Enumerable.Range(0, lanes).Select(_ => new float[task.Parameters.Count])];
        double[][] losses = [.. Enumerable.Range(0, lanes).Select(_ => new double[task.Losses.Count])];
        for (int first = 0; first < batch; first += lanes)
        {
            Tensor[] pictures = new Tensor[Math.Min(lanes, batch - first)];
            try
            {
                for (int i = 0; i < pictures.Length; i++)
                    pictures[i] = next();
                Action<int> pass = lane =>
                {
                    if (first == 0)
                        Array.Clear(_gradients[lane]);
                    task.Accumulate(pictures[lane], 1.0 / batch, _gradients[lane], losses[lane]);
                };
                // With more threads than pictures, the threads are better used within each.
                if (backend is CpuBackend { Threads: int threads } && threads > pictures.Length)
                {
                    for (int lane = 0; lane < pictures.Length; lane++)
                        pass(lane);
                }
                else
                {
                    backend.RunOnHost(pictures.Length, pass);
                }
            }
            finally
            {
                foreach (Tensor? picture in pictures)
                    picture?.Dispose();
            }
        }

        backend.Sum(_gradients, task.Parameters.Gradients);
        return [.. Enumerable.Range(0, task.Losses.Count).Select(part => losses.Sum(lane => lane[part]))];
    }
}
