using Wct.Kernels;
using Wct.Net.Weights;

namespace Wct.Training.Losses;

/// <summary>Divides another loss by its value for features that are all zero. So its weight has about the same effect with every network,
/// style and content.</summary>
/// <remarks>Networks differ in the scale of their features: a Gram loss, which is of the fourth order, of one network can be 10,000 times
/// that of another.</remarks>
public sealed class RelativeLoss : IPreparedLossTerm
{
    private readonly IPreparedLossTerm _loss;

    /// <summary>Wraps a loss.</summary>
    /// <param name="loss">A loss of features.</param>
    /// <param name="weight">The weight in lists that give no weights, in place of the loss's own.</param>
    /// <exception cref="ArgumentException">The loss also reads the picture itself.</exception>
    public RelativeLoss(IPreparedLossTerm loss, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Taps.Contains(LossTap.Picture) || loss.ReadsTargets)
            throw new ArgumentException($"The loss '{loss.Name}' isn't one of features with targets of its own.", nameof(loss));
        (_loss, Weight) = (loss, weight);
    }

    /// <inheritdoc/>
    public string Name => _loss.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps => _loss.Taps;

    /// <inheritdoc/>
    public double Weight { get; }

    /// <inheritdoc/>
    public string Description => $"relative {_loss.Description}";

    /// <inheritdoc/>
    public IDisposable Prepare(LossPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        RelativeTargets targets = new(_loss.Prepare(preparation));
        Dictionary<string, Tensor> zeros = [];
        try
        {
            foreach (string tap in Taps)
            {
                Tensor zero = preparation.Backend.Allocate(preparation.ShapeAt(tap));
                zeros.Add(tap, zero);
                preparation.Backend.Write(new float[zero.Shape.Length], zero);
            }

            using LossContext context = new(new LossTargets(preparation.Backend, new Dictionary<string, Tensor>()), zeros);
            context.Provide(_loss, targets.Own);
            double value = _loss.Evaluate(context, 1);
            // A black style has no features, so its loss keeps its scale.
            targets.Scale = value > 0 && double.IsFinite(value) ? 1 / value : 1;
            targets.Renew();
            return targets;
        }
        catch
        {
            targets.Dispose();
            throw;
        }
        finally
        {
            foreach (Tensor zero in zeros.Values)
                zero.Dispose();
        }
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        RelativeTargets targets = context.Prepared<RelativeTargets>(this);
        context.Provide(_loss, targets.Own);
        return _loss.Evaluate(context, weight * targets.Scale);
    }

    // The wrapped loss's targets, and the factor of its values.
    private sealed class RelativeTargets(IDisposable own) : ISteppedTargets
    {
        internal IDisposable Own => own;

        internal double Scale { get; set; }

        public bool BeginStep(long step) => own is ISteppedTargets stepped && stepped.BeginStep(step);

        public void Renew() => (own as ISteppedTargets)?.Renew();

        public IEnumerable<NamedTensor> State() => own is ISteppedTargets stepped ? stepped.State() : [];

        public void Restore(TensorArchive archive) => (own as ISteppedTargets)?.Restore(archive);

        public void Dispose() => own.Dispose();
    }
}
