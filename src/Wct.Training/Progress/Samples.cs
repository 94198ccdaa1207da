using Wct.Imaging;
using Wct.Kernels;
using Wct.Training.Data;
using Wct.Training.Tasks;

namespace Wct.Training.Progress;

/// <summary>Runs sample pictures through the network.</summary>
/// <param name="backend">The backend of the task.</param>
/// <param name="task">The task.</param>
/// <param name="side">Pictures are resized so that the shorter side has this many pixels.</param>
/// <param name="damage">Called with the problem of a damaged file that can be read.</param>
internal sealed class Samples(Backend backend, ITrainingTask task, int side, Action<string> damage)
{
    /// <summary>Returns the center of a picture and the network's result; null if the file can't be read or the task produces no
    /// pictures.</summary>
    internal (PixelImage Original, PixelImage Result)? Of(string path)
    {
        PixelImage original;
        try
        {
            original = Crop.Middle(Crop.Read(path, side, damage), side, task.SizeMultiple);
        }
        catch (Exception error) when (Crop.IsUnreadable(error))
        {
            // If it is a training picture, the crop stream reports the problem.
            return null;
        }

        using Tensor picture = Crop.Load(backend, original);
        using Tensor? result = task.Reconstruct(picture);
        if (result is null)
            return null;
        PixelImage shown = new(original.Width, original.Height, PixelLayout.Rgb24);
        backend.StorePixels(result, shown.Bytes, shown.Width, shown.Height, shown.Stride, PixelLayout.Rgb24);
        return (original, shown);
    }
}
