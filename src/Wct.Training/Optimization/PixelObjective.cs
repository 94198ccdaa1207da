using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training.Optimization;

/// <summary>The total loss of a picture, and its gradient with respect to the pixels.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="network">The loss network.</param>
/// <param name="losses">The terms and their weights.</param>
/// <param name="pooling">The pooling of the network.</param>
/// <exception cref="ArgumentException">There is no loss with a weight above 0, two have the same name, or the network lacks a
/// tap.</exception>
internal sealed class PixelObjective(
    TrainingBackend backend, EncoderWeights network, IReadOnlyList<WeightedLoss> losses, PoolingKind pooling = PoolingKind.Max)
    : IDisposable
{
    private readonly LossNetwork _network = new(backend, network, losses, pooling);
    private readonly double[] _weighted = new double[losses.Count];
    private Tensor? _content;
    private TargetSet? _targets;

    /// <summary>The losses of the last evaluation.</summary>
    internal LossValues Losses { get; private set; } = new(losses);

    /// <summary>The number of evaluations so far.</summary>
    internal long Evaluations { get; set; }

    /// <summary>Measures the targets of all terms for a size of the picture.</summary>
    /// <param name="pictures">The pictures at this size.</param>
    /// <exception cref="ArgumentException">A term needs a content, and there is none; or what a term throws.</exception>
    internal void Prepare(ScaledPictures pictures)
    {
        Release();
        _network.Prepare(pictures.Width, pictures.Height, pictures.Visible, pictures.Style);
        _content = pictures.Content is { } content ? Data.Crop.Load(backend, content) : null;
        _targets = _network.Targets(_content);
    }

    /// <summary>Computes the total loss and its gradient.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="gradient">[3, H, W]; overwritten.</param>
    internal double Evaluate(Tensor picture, Tensor gradient)
    {
        Evaluations++;
        Array.Clear(_weighted);
        using Tensor own = _network.Evaluate(picture, _targets!.Targets, 1, _weighted);
        backend.Copy(own, gradient);
        return Sum().Total;
    }

    /// <summary>Computes the losses without the gradient with respect to the pixels, which takes less memory.</summary>
    /// <param name="picture">[3, H, W].</param>
    internal LossValues Measure(Tensor picture)
    {
        Array.Clear(_weighted);
        _network.Measure(picture, _targets!.Targets, _weighted);
        return Sum();
    }

    /// <summary>Tells the targets that a step begins.</summary>
    /// <returns>Whether the loss changes, so that the picture must be evaluated again.</returns>
    internal bool BeginStep(long step)
    {
        bool changes = false;
        foreach (ISteppedTargets targets in Stepped())
            changes |= targets.BeginStep(step);
        return changes;
    }

    /// <summary>The state of the targets, for a checkpoint.</summary>
    internal IEnumerable<NamedTensor> State() => Stepped().SelectMany(targets => targets.State());

    /// <summary>Restores the state of a checkpoint.</summary>
    internal void Restore(TensorArchive archive, double[] weighted)
    {
        foreach (ISteppedTargets targets in Stepped())
            targets.Restore(archive);
        weighted.CopyTo(_weighted, 0);
        Sum();
    }

    /// <summary>The values of the last evaluation, times their weights.</summary>
    internal IReadOnlyList<double> Weighted => _weighted;

    public void Dispose()
    {
        Release();
        _network.Dispose();
    }

    private IEnumerable<ISteppedTargets> Stepped() => _network.Prepared.OfType<ISteppedTargets>();

    private LossValues Sum()
    {
        Losses = new LossValues(losses);
        Losses.Add(_weighted);
        return Losses;
    }

    private void Release()
    {
        _targets?.Dispose();
        _content?.Dispose();
        (_targets, _content) = (null, null);
    }
}
