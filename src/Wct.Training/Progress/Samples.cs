using Wct.Imaging;
using Wct.Kernels;
using Wct.Training.Data;
using Wct.Training.Tasks;

namespace Wct.Training.Progress;

/// <summary>Pictures and what the network makes of them, to be looked at.</summary>
/// <param name="damage">Told what is wrong with a file that can be read.</param>
internal sealed class Samples(Backend backend, ITrainingTask task, int side, Action<string> damage)
{
    /// <summary>A picture's middle and what becomes of it; null where the file can't be read, or the task has nothing to show.</summary>
    internal (PixelImage Original, PixelImage Result)? Of(string path)
    {
        PixelImage original;
        try
        {
            original = Crop.Middle(Crop.Read(path, side, damage), side, task.Grain);
        }
        catch (Exception error) when (Crop.IsUnreadable(error))
        {
            // Reported when the stream met it, or not part of the training at all.
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
