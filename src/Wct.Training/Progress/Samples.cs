using Wct.Kernels;
using Wct.Training.Data;
using Wct.Training.Tasks;

namespace Wct.Training.Progress;

/// <summary>Runs samples through the trained network.</summary>
internal static class Samples
{
    /// <summary>Returns each input with the network's result; nothing if the task produces no pictures.</summary>
    /// <param name="backend">The backend of the task.</param>
    /// <param name="task">The task.</param>
    /// <param name="inputs">Inputs whose sides fit the task.</param>
    internal static IEnumerable<(PixelImage Original, PixelImage Result)> Of(
        Backend backend, ITrainingTask task, IEnumerable<PixelImage> inputs)
    {
        long index = 0;
        foreach (PixelImage original in inputs)
        {
            using Tensor picture = Crop.Load(backend, original);
            using Tensor? result = task.Reconstruct(picture, index++);
            if (result is null)
                continue;
            PixelImage shown = new(original.Width, original.Height, PixelLayout.Rgb24);
            backend.StorePixels(result, shown.Bytes, shown.Width, shown.Height, shown.Stride, PixelLayout.Rgb24);
            yield return (original, shown);
        }
    }
}
