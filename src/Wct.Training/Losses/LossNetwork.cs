using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Losses;

/// <summary>Loss terms with the network whose features they read. It evaluates them for a picture that is optimized, or that a trained
/// network makes.</summary>
/// <remarks>Several threads may evaluate at the same time, each with its own targets.</remarks>
internal sealed class LossNetwork : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly ILossTerm[] _active;
    private readonly Objective _objective;
    private readonly EncoderWeights _encoder;
    private readonly TrainedNetwork _network;
    private readonly string? _last;
    private readonly Dictionary<ILossTerm, IDisposable> _prepared = [];

    // Taps whose targets are features of a content, and the term that reads the first of them.
    private readonly string[] _targetTaps;
    private readonly ILossTerm? _contentReader;

    /// <summary>Prepares the network.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="network">The loss network.</param>
    /// <param name="losses">The terms and their weights.</param>
    /// <param name="pooling">The pooling of the network.</param>
    /// <exception cref="ArgumentException">There is no loss with a weight above 0, two have the same name, or the network lacks a
    /// tap.</exception>
    internal LossNetwork(
        TrainingBackend backend, EncoderWeights network, IReadOnlyList<WeightedLoss> losses, PoolingKind pooling = PoolingKind.Max)
    {
        (_backend, _encoder, _objective) = (backend, network, new Objective(losses));
        // The constructor checks that the terms' names differ.
        _ = new LossValues(losses);
        _active = [.. losses.Where(loss => loss.Weight > 0).Select(loss => loss.Term)];
        if (_active.Length == 0)
            throw new ArgumentException(
                $"There are {losses.Count} losses, at least one with a weight above 0 is needed.", nameof(losses));
        string[] layers = Vgg19.EncoderConvolutions(network.Deepest)[1..];
        foreach (ILossTerm term in _active)
        {
            if (term.Taps.FirstOrDefault(tap => !IsKnown(tap, layers)) is { } missing)
                throw new ArgumentException(
                    $"The loss '{term.Name}' reads '{missing}'; the network has {LossTap.Of(layers[0])} to {LossTap.Of(layers[^1])}.",
                    nameof(losses));
        }

        ILossTerm[] readers = [.. _active.Where(term => term is not IPreparedLossTerm { ReadsTargets: false })];
        _targetTaps = [.. readers.SelectMany(term => term.Taps).Distinct()];
        _contentReader = readers.FirstOrDefault(term => term.Taps.Any(tap => tap != LossTap.Picture));
        string[] used = [.. _objective.FeatureTaps.Select(LossTap.ConvolutionOf)];
        _last = layers.LastOrDefault(used.Contains);
        int deepest = 1;
        while (_last is not null && !Vgg19.EncoderConvolutions(deepest).Contains(_last))
            deepest++;
        SizeMultiple = 1 << (deepest - 1);
        _network = NetworkParts.Frozen(backend, network.UpTo(deepest), inputGradient: true, pooling);
    }

    /// <summary>Pictures whose sides are multiples of this use all pixels at all taps.</summary>
    internal int SizeMultiple { get; }

    /// <summary>The targets that terms prepared, in the order of the terms, which doesn't change.</summary>
    internal IEnumerable<IDisposable> Prepared => _active.Where(_prepared.ContainsKey).Select(term => _prepared[term]);

    /// <summary>Lets the terms measure their own targets again.</summary>
    /// <param name="width">Width of the evaluated pictures.</param>
    /// <param name="height">Height of the evaluated pictures.</param>
    /// <param name="visible">The visible pixels of the evaluated pictures; null if all are.</param>
    /// <param name="style">Changes a style's size and colors as the run's options ask for.</param>
    /// <exception cref="ArgumentException">What a term throws.</exception>
    internal void Prepare(int width, int height, StyleMask? visible, Func<PixelImage, PixelImage> style)
    {
        Release();
        LossPreparation preparation = new(_backend, width, height, visible, style, Run, Channels);
        foreach (IPreparedLossTerm term in _active.OfType<IPreparedLossTerm>())
            _prepared.Add(term, term.Prepare(preparation));
    }

    /// <summary>The targets of one picture: its own pixels and features.</summary>
    /// <param name="content">[3, H, W]; it must live as long as the targets. Null if there is none.</param>
    /// <returns>The targets; the caller disposes of them.</returns>
    /// <exception cref="ArgumentException">A term compares with a content, and there is none.</exception>
    internal TargetSet Targets(Tensor? content)
    {
        TargetSet targets = new(_backend);
        if (content is null)
        {
            // Terms without targets, such as the total variation, read the picture alone.
            return _contentReader is null ? targets
                : throw new ArgumentException($"The loss '{_contentReader.Name}' compares with a content, and there is none.");
        }

        try
        {
            if (_targetTaps.Contains(LossTap.Picture))
                targets.Add(LossTap.Picture, content);
            string[] features = [.. _targetTaps.Where(tap => tap != LossTap.Picture)];
            if (features.Length > 0)
                Visit(content, features, (tap, map) => targets.Add(tap, targets.Own(_backend.CopyOf(map))));
            return targets;
        }
        catch
        {
            targets.Dispose();
            throw;
        }
    }

    /// <summary>Evaluates all terms.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="targets">From <see cref="Targets"/>.</param>
    /// <param name="weight">Multiplies values and gradient.</param>
    /// <param name="weighted">Receives weight·loss of each evaluated term, in the list's order.</param>
    /// <param name="style">The number of the style, for terms with several.</param>
    /// <param name="styleShare">The share of the style's gradient that counts, above 0.</param>
    /// <returns>The gradient with respect to the picture, which the caller disposes of.</returns>
    internal Tensor Evaluate(
        Tensor picture, LossTargets targets, double weight, Span<double> weighted, int style = 0, double styleShare = 1)
    {
        using ForwardPass? pass = _last is null ? null : _network.Forward(picture, _last);
        Dictionary<string, Tensor> outputs = new() { [LossTap.Picture] = picture };
        foreach (string tap in _objective.FeatureTaps)
            outputs.Add(tap, _network.Output(pass!, LossTap.ConvolutionOf(tap)));
        using LossContext context = new(targets, outputs)
        {
            PreparedTargets = _prepared,
            Style = style,
            StyleShare = styleShare,
        };
        if (pass is not null)
        {
            _objective.Evaluate(context, weight, features: true, weighted);
            if (_network.Backward(pass, context.TakeFeatureGradients(), default, free: true) is { } fromFeatures)
                context.AddGradient(LossTap.Picture, fromFeatures);
        }

        _objective.Evaluate(context, weight, features: false, weighted);
        // A term may add no gradient, so that there may be none at all.
        _ = context.Gradient(LossTap.Picture);
        return context.TakeGradient(LossTap.Picture)!;
    }

    /// <summary>Evaluates all terms without the gradient with respect to the picture. Only the maps at taps are kept.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="targets">From <see cref="Targets"/>.</param>
    /// <param name="weighted">Receives weight·loss of each evaluated term, in the list's order.</param>
    internal void Measure(Tensor picture, LossTargets targets, Span<double> weighted)
    {
        using TargetSet features = new(_backend);
        Dictionary<string, Tensor> outputs = new() { [LossTap.Picture] = picture };
        if (_objective.FeatureTaps.Count > 0)
            Visit(picture, _objective.FeatureTaps, (tap, map) => outputs.Add(tap, features.Own(_backend.CopyOf(map))));
        using LossContext context = new(targets, outputs) { PreparedTargets = _prepared };
        _objective.Evaluate(context, 1, features: true, weighted);
        _objective.Evaluate(context, 1, features: false, weighted);
    }

    public void Dispose()
    {
        Release();
        _network.Dispose();
    }

    private int Channels(string tap) =>
        _encoder.Convolutions.First(convolution => convolution.Name == LossTap.ConvolutionOf(tap)).OutChannels;

    private void Run(PixelImage picture, IReadOnlyList<string> taps, Action<string, Tensor> use)
    {
        using Tensor tensor = Data.Crop.Load(_backend, picture);
        Visit(tensor, taps, use);
    }

    private void Visit(Tensor picture, IReadOnlyList<string> taps, Action<string, Tensor> use) => _network.Visit(
        picture, [.. taps.Select(LossTap.ConvolutionOf)], (layer, features) => use(LossTap.Of(layer), features));

    private void Release()
    {
        foreach (IDisposable targets in _prepared.Values)
            targets.Dispose();
        _prepared.Clear();
    }

    private static bool IsKnown(string tap, string[] layers) =>
        tap == LossTap.Picture || layers.Any(layer => LossTap.Of(layer) == tap);
}
