namespace Wct.Training.Data;

/// <summary>What a run trains with: the inputs of its steps and of its samples.</summary>
public abstract class TrainingData
{
    private protected TrainingData()
    {
    }

    /// <summary>Identifies the data in checkpoints. A run with other data can't resume a checkpoint.</summary>
    internal abstract string Description { get; }

    /// <summary>The data in a few words, for display.</summary>
    public abstract string Summary { get; }

    /// <summary>Opens the endless sequence of inputs.</summary>
    /// <param name="options">Sizes and seed.</param>
    /// <param name="first">The number of the first crop.</param>
    /// <param name="ahead">The number of crops to prepare ahead, at least 1.</param>
    /// <param name="warning">Called once for each unreadable file, on any thread.</param>
    /// <param name="damage">Called once for each problem of a damaged file that can be read, on any thread.</param>
    internal abstract ICrops Open(CropOptions options, long first, int ahead, Action<string> warning, Action<string> damage);

    /// <summary>Returns inputs for the sheet of samples; the same ones each time.</summary>
    /// <param name="count">The largest number of inputs.</param>
    /// <param name="side">The largest side in pixels.</param>
    /// <param name="grain">Sides are multiples of this.</param>
    /// <param name="damage">Called with the problem of a damaged file that can be read.</param>
    internal abstract IEnumerable<PixelImage> Samples(int count, int side, int grain, Action<string> damage);
}

/// <summary>Sizes and seed of a run's crops.</summary>
/// <param name="Side">Pictures are resized so that the shorter side has this many pixels; at least <paramref name="Crop"/>.</param>
/// <param name="Crop">Width and height of the crops in pixels.</param>
/// <param name="Seed">Seed of the random crops.</param>
internal readonly record struct CropOptions(int Side, int Crop, long Seed);
