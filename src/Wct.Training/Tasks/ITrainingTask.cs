using Wct.Kernels;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>What is trained, and by which loss.</summary>
public interface ITrainingTask : IDisposable
{
    /// <summary>What it is, for checkpoints: runs with another one can't be resumed.</summary>
    string Description { get; }

    /// <summary>The numbers that are trained.</summary>
    ParameterSet Parameters { get; }

    /// <summary>Names of the loss's parts, the whole first.</summary>
    IReadOnlyList<string> Losses { get; }

    /// <summary>How many pictures <see cref="Measure"/> wants.</summary>
    int MeasuredPictures { get; }

    /// <summary>Looks at some pictures before the first step; the same ones give the same result, to the bit.</summary>
    /// <param name="pictures">[3, H, W] each, 0..1.</param>
    /// <param name="begins">Whether the run begins here: then the starting weights may be fitted to the pictures.</param>
    void Measure(IReadOnlyList<Tensor> pictures, bool begins);

    /// <summary>Runs one picture forwards and backwards. Several threads may do so at the same time, each with sums of its own.</summary>
    /// <param name="picture">[3, H, W], 0..1; sides multiples of <see cref="Grain"/>.</param>
    /// <param name="weight">Weight of the picture in the batch.</param>
    /// <param name="gradients">As many as <see cref="Parameters"/>; this picture's, times the weight, are added.</param>
    /// <param name="losses">As <see cref="Losses"/>; this picture's, times the weight, are added.</param>
    void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses);

    /// <summary>Takes over parameters that have changed.</summary>
    void Refresh();

    /// <summary>The pictures' sides are multiples of it.</summary>
    int Grain { get; }

    /// <summary>What the network makes of a picture, to be looked at: [3, H, W], the caller's; null where there is nothing to see.</summary>
    Tensor? Reconstruct(Tensor picture);

    /// <summary>Writes the result.</summary>
    void Save(string path);
}
