using Wct.Kernels;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>A task for <see cref="Trainer"/>: parameters and weighted loss terms. Third parties can implement it.</summary>
public interface ITrainingTask : IDisposable
{
    /// <summary>Identifies networks and options in checkpoints. A run with another description can't resume a checkpoint. Losses are
    /// identified separately, by <see cref="WeightedLoss.ToString"/>.</summary>
    string Description { get; }

    /// <summary>The trained parameters.</summary>
    ParameterSet Parameters { get; }

    /// <summary>The terms of the loss. Log, plot and progress reports have one column, curve and number for each.</summary>
    IReadOnlyList<WeightedLoss> Losses { get; }

    /// <summary>Width and height of the pictures must be multiples of this.</summary>
    int SizeMultiple { get; }

    /// <summary>The number of pictures that <see cref="Measure"/> needs.</summary>
    int MeasuredPictures { get; }

    /// <summary>Computes variances and starting weights from a few pictures, before the first step. The same pictures give the same
    /// bits.</summary>
    /// <param name="pictures">[3, H, W] each, 0..1.</param>
    /// <param name="initialize">Whether a new run starts, so that starting weights may be fitted to the pictures; false if a run
    /// resumes.</param>
    void Measure(IReadOnlyList<Tensor> pictures, bool initialize);

    /// <summary>Runs one picture forward and backward. Several threads call it at the same time, each with its own sums.</summary>
    /// <param name="picture">[3, H, W], 0..1; sides are multiples of <see cref="SizeMultiple"/>.</param>
    /// <param name="index">The picture's number in the run, from 0, for tasks that train something else with each picture.</param>
    /// <param name="weight">The picture's weight in the batch.</param>
    /// <param name="gradients">As long as <see cref="Parameters"/>; the picture's gradients, times the weight, are added.</param>
    /// <param name="losses">The picture's losses, times the weight, are added.</param>
    void Accumulate(Tensor picture, long index, double weight, Memory<float> gradients, LossValues losses);

    /// <summary>Packs the parameters again after they changed.</summary>
    void Refresh();

    /// <summary>Runs the network on a picture, to show the result.</summary>
    /// <param name="picture">[3, H, W], 0..1; sides are multiples of <see cref="SizeMultiple"/>.</param>
    /// <param name="index">The sample's number, from 0.</param>
    /// <returns>[3, H, W], which the caller disposes of; null if the task produces no pictures.</returns>
    Tensor? Reconstruct(Tensor picture, long index);

    /// <summary>Writes the trained networks.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    void Save(string path);
}
