using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Optimization;

/// <summary>The total loss of a picture, and its gradient with respect to the pixels.</summary>
internal sealed class PixelObjective : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly WeightedLoss[] _losses;
    private readonly Objective _objective;
    private readonly EncoderWeights _encoder;
    private readonly TrainedNetwork _network;
    private readonly string? _last;
    private readonly double[] _weighted;
    private readonly Dictionary<ILossTerm, IDisposable> _prepared = [];
    private TargetSet? _targets;

    /// <summary>Prepares the network.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="network">The loss network.</param>
    /// <param name="losses">The terms and their weights.</param>
    /// <param name="pooling">The pooling of the network.</param>
    /// <exception cref="ArgumentException">There is no loss with a weight above 0, two have the same name, or the network lacks a
    /// tap.</exception>
    internal PixelObjective(
        TrainingBackend backend, EncoderWeights network, IReadOnlyList<WeightedLoss> losses, PoolingKind pooling = PoolingKind.Max)
    {
        (_backend, _encoder, _losses, _objective) = (backend, network, [.. losses], new Objective(losses));
        Losses = new LossValues(losses);
        _weighted = new double[losses.Count];
        if (losses.All(loss => loss.Weight == 0))
            throw new ArgumentException(
                $"There are {losses.Count} losses, at least one with a weight above 0 is needed.", nameof(losses));
        string[] layers = Vgg19.EncoderConvolutions(network.Deepest)[1..];
        foreach (WeightedLoss loss in losses)
        {
            if (loss.Weight > 0 && loss.Term.Taps.FirstOrDefault(tap => !IsKnown(tap, layers)) is { } missing)
                throw new ArgumentException(
                    $"The loss '{loss.Term.Name}' reads '{missing}'; the network has {LossTap.Of(layers[0])} to {LossTap.Of(layers[^1])}.",
                    nameof(losses));
        }

        string[] used = [.. _objective.FeatureTaps.Select(LossTap.ConvolutionOf)];
        _last = layers.LastOrDefault(used.Contains);
        int deepest = 1;
        while (_last is not null && !Vgg19.EncoderConvolutions(deepest).Contains(_last))
            deepest++;
        _network = NetworkParts.Frozen(backend, network.UpTo(deepest), inputGradient: true, pooling);
    }

    /// <summary>The losses of the last evaluation.</summary>
    internal LossValues Losses { get; private set; }

    /// <summary>The number of evaluations so far.</summary>
    internal long Evaluations { get; set; }

    /// <summary>Measures the targets of all terms for a size of the picture.</summary>
    /// <param name="pictures">The pictures at this size.</param>
    /// <exception cref="ArgumentException">A term needs a content, and there is none; or what a term throws.</exception>
    internal void Prepare(ScaledPictures pictures)
    {
        Release();
        LossPreparation preparation = new(
            _backend, pictures.Width, pictures.Height, pictures.Visible, pictures.Style, Run, Channels);
        foreach (IPreparedLossTerm term in Active().OfType<IPreparedLossTerm>())
            _prepared.Add(term, term.Prepare(preparation));
        _targets = new TargetSet(_backend);
        ILossTerm[] readers = [.. Active().Where(term => term is not IPreparedLossTerm { ReadsTargets: false })];
        string[] taps = [.. readers.SelectMany(term => term.Taps).Distinct()];
        if (pictures.Content is not { } content)
        {
            // Terms without targets, such as the total variation, read the picture alone.
            if (readers.FirstOrDefault(term => term.Taps.Any(tap => tap != LossTap.Picture)) is { } reader)
                throw new ArgumentException($"The loss '{reader.Name}' compares with a content, and there is none.");
            return;
        }

        if (taps.Contains(LossTap.Picture))
            _targets.Add(LossTap.Picture, _targets.Own(Data.Crop.Load(_backend, content)));
        string[] features = [.. taps.Where(tap => tap != LossTap.Picture)];
        if (features.Length > 0)
            Run(content, features, (tap, map) => _targets.Add(tap, _targets.Own(_backend.CopyOf(map))));
    }

    /// <summary>Computes the total loss and its gradient.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="gradient">[3, H, W]; overwritten.</param>
    internal double Evaluate(Tensor picture, Tensor gradient)
    {
        Evaluations++;
        Array.Clear(_weighted);
        using ForwardPass? pass = _last is null ? null : _network.Forward(picture, _last);
        Dictionary<string, Tensor> outputs = new() { [LossTap.Picture] = picture };
        foreach (string tap in _objective.FeatureTaps)
            outputs.Add(tap, _network.Output(pass!, LossTap.ConvolutionOf(tap)));
        using LossContext context = new(_targets!.Targets, outputs) { PreparedTargets = _prepared };
        if (pass is not null)
        {
            _objective.Evaluate(context, 1, features: true, _weighted);
            if (_network.Backward(pass, context.TakeFeatureGradients(), default, free: true) is { } fromFeatures)
                context.AddGradient(LossTap.Picture, fromFeatures);
        }

        _objective.Evaluate(context, 1, features: false, _weighted);
        // A term may add no gradient, so that there may be none at all.
        _backend.Copy(context.Gradient(LossTap.Picture), gradient);
        return Sum().Total;
    }

    /// <summary>Computes the losses without the gradient with respect to the pixels. Only the maps at taps are kept, so it takes less
    /// memory.</summary>
    /// <param name="picture">[3, H, W].</param>
    internal LossValues Measure(Tensor picture)
    {
        Array.Clear(_weighted);
        Dictionary<string, Tensor> outputs = [];
        try
        {
            if (_objective.FeatureTaps.Count > 0)
            {
                _network.Visit(
                    picture, [.. _objective.FeatureTaps.Select(LossTap.ConvolutionOf)],
                    (layer, features) => outputs.Add(LossTap.Of(layer), _backend.CopyOf(features)));
            }

            using LossContext context = new(_targets!.Targets, new Dictionary<string, Tensor>(outputs) { [LossTap.Picture] = picture })
            {
                PreparedTargets = _prepared,
            };
            _objective.Evaluate(context, 1, features: true, _weighted);
            _objective.Evaluate(context, 1, features: false, _weighted);
        }
        finally
        {
            foreach (Tensor features in outputs.Values)
                features.Dispose();
        }

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

    private IEnumerable<ILossTerm> Active() => _losses.Where(loss => loss.Weight > 0).Select(loss => loss.Term);

    // In the order of the terms, which doesn't change.
    private IEnumerable<ISteppedTargets> Stepped() =>
        Active().Where(_prepared.ContainsKey).Select(term => _prepared[term]).OfType<ISteppedTargets>();

    private LossValues Sum()
    {
        Losses = new LossValues(_losses);
        Losses.Add(_weighted);
        return Losses;
    }

    private int Channels(string tap) =>
        _encoder.Convolutions.First(convolution => convolution.Name == LossTap.ConvolutionOf(tap)).OutChannels;

    private void Run(PixelImage picture, IReadOnlyList<string> taps, Action<string, Tensor> use)
    {
        using Tensor tensor = Data.Crop.Load(_backend, picture);
        _network.Visit(tensor, [.. taps.Select(LossTap.ConvolutionOf)], (layer, features) => use(LossTap.Of(layer), features));
    }

    private void Release()
    {
        foreach (IDisposable targets in _prepared.Values)
            targets.Dispose();
        _prepared.Clear();
        _targets?.Dispose();
        _targets = null;
    }

    private static bool IsKnown(string tap, string[] layers) =>
        tap == LossTap.Picture || layers.Any(layer => LossTap.Of(layer) == tap);
}
