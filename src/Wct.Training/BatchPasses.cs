using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training;

/// <summary>Runs the pictures of a batch through a task in parallel, and sums their gradients.</summary>
/// <remarks>
/// One thread per picture is faster than several threads per layer, because threads that share the layers of a crop mostly wait for each
/// other. A batch has up to eight lanes. Each lane sums the gradients of its pictures in a fixed order, and the lanes are summed in order.
/// So the result doesn't depend on the number of threads.
/// </remarks>
/// <param name="backend">The backend that runs the task.</param>
/// <param name="task">The task.</param>
public sealed class BatchPasses(TrainingBackend backend, ITrainingTask task)
{
    // Limits memory: each lane has its own gradients, and the feature maps of a picture while it runs.
    private const int MostLanes = 8;

    private float[][] _gradients = [];

    /// <summary>Runs a batch, and overwrites the gradients of the task's parameter set with the mean gradients of the batch.</summary>
    /// <param name="batch">The number of pictures, at least 1.</param>
    /// <param name="next">Returns the next picture; it is disposed of after its pass.</param>
    /// <param name="start">The number of the batch's first picture in the run.</param>
    /// <returns>The losses, as means over the batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 1.</exception>
    public LossValues Run(int batch, Func<Tensor> next, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentNullException.ThrowIfNull(next);
        int lanes = Math.Min(batch, MostLanes);
        if (_gradients.Length != lanes)
            _gradients = [.. Enumerable.Range(0, lanes).Select(_ => new float[task.Parameters.Count])];
        LossValues[] losses = [.. Enumerable.Range(0, lanes).Select(_ => new LossValues(task.Losses))];
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
                    task.Accumulate(pictures[lane], start + first + lane, 1.0 / batch, _gradients[lane], losses[lane]);
                };
                // If there are more threads than pictures, they share each picture's layers.
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
        LossValues sum = new(task.Losses);
        Array.ForEach(losses, sum.Add);
        return sum;
    }
}
