using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class DecoderTaskTests
{
    // Where the features hold the colours, the picture is a linear function of them: the start finds it, borders included.
    [Fact]
    public void LastLayerBeginsFitted()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights encoder = StudentStart.KeepingColours(StudentStart.Random([8, 4], 1));
        using DecoderTask task = new(backend, encoder, 1, new DecoderOptions { FeatureWeight = 0 });
        Tensor[] pictures = [.. Enumerable.Range(1, 3).Select(seed => TrainingPictures.Tensor(backend, 24, seed))];
        task.Measure(pictures, begins: true);
        double[] losses = new double[task.Losses.Count];
        foreach (Tensor picture in pictures)
        {
            task.Accumulate(picture, 1.0 / 3, task.Parameters.Gradients, losses);
            picture.Dispose();
        }

        Assert.InRange(losses[0], 0, 1e-6);
    }
}
