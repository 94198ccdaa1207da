using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains a decoder to give back the picture whose features it gets.</summary>
public sealed class DecoderTask : ITrainingTask
{
    private readonly bool _fit;
    private readonly Backend _backend;
    private readonly EncoderWeights _encoderWeights;
    private readonly DecoderOptions _options;
    private readonly LayerChain _network, _decoder;
    private readonly EncoderStage? _stage;
    private readonly DecoderTargets _targets;
    private readonly int _level;
    private readonly int[] _taps;
    private readonly double[] _variances;

    /// <summary>Prepares both networks.</summary>
    /// <param name="encoder">Stays as it is; reaches the level, and every level that is compared where the options name no other network.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="start">The weights to start with; null for random ones.</param>
    /// <exception cref="ArgumentException">The encoder or the loss network doesn't reach a level, or the start is another level's.</exception>
    public DecoderTask(Backend backend, EncoderWeights encoder, int level, DecoderOptions? options = null, DecoderWeights? start = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(encoder);
        (_backend, _level, _options) = (backend, level, options ?? new DecoderOptions());
        EncoderWeights network = _options.LossNetwork ?? encoder;
        _taps = [.. (_options.FeatureLevels ?? [Math.Min(level, network.Deepest)]).Distinct().Order()];
        Check(level, encoder, "encoder");
        Check(_taps[0], network, "loss network");
        Check(_taps[^1], network, "loss network");
        if (_options.Teacher is { } teacher)
            Check(level, teacher, "teacher");
        _encoderWeights = encoder.UpTo(_options.LossNetwork is null ? Math.Max(level, _taps[^1]) : level);
        network = network.UpTo(_taps[^1]);
        _fit = start is null;
        start ??= RandomModel.Create([.. Enumerable.Range(1, level).Select(encoder.TapChannels)], _options.Seed).Levels[0].Decoder;
        // Only checks that they fit.
        _ = new LevelModel(level, encoder, start);
        _variances = [.. _taps.Select(_ => 1.0)];
        Parameters = Chains.Parameters([.. start.Convolutions, .. _options.Teacher is { } own ? EncoderStage.Trained(encoder, level, own) : []]);
        if (_options.Teacher is not null)
            _stage = new EncoderStage(backend, encoder, level, _options.Teacher, _options.TeacherWeight, Parameters);
        _targets = new DecoderTargets(backend, encoder, _stage is null ? level : level - 1, _options.LossNetwork, _taps);
        _network = Chains.Frozen(backend, network, inputGradient: true);
        Grain = 1 << (Math.Max(level, _taps[^1]) - 1);
        _decoder = new LayerChain(
            backend, Vgg19.Decoder(level, start.LastRelu), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters,
            inputGradient: _stage is not null);
        LastRelu = start.LastRelu;
        string other = _options.LossNetwork is null ? "" : $", loss network {Fingerprint.Of(network.Convolutions)}";
        if (_options.Teacher is not null)
            other += FormattableString.Invariant($", teacher {Fingerprint.Of(_options.Teacher.UpTo(level).Convolutions)}, κ {_options.TeacherWeight}");
        Description = FormattableString.Invariant(
            $"decoder {_level}{(LastRelu ? " with last ReLU" : "")}, encoder {Fingerprint.Of(_encoderWeights.Convolutions)}{other}, λ {_options.FeatureWeight}, taps {string.Join(',', _taps)}, normalize {_options.Normalize}, τ {_options.TotalVariationWeight}");
        Losses = ["loss", "pixel", "feature", "variation", .. _stage is null ? Array.Empty<string>() : ["teacher"]];
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses { get; }

    /// <inheritdoc/>
    public int Grain { get; }

    private bool LastRelu { get; }

    /// <inheritdoc/>
    public int MeasuredPictures => _stage is null ? 16 : EncoderTask.PicturesForAdapters;

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool begins)
    {
        if (begins && _fit)
            Fit(pictures);
        if (_stage is null && !_options.Normalize)
            return;
        // The loss network and the teacher are dear: they look at each picture once.
        double[] variances = new double[_taps.Length];
        AdapterFit? fit = _stage?.BeginMeasure();
        foreach (Tensor picture in pictures)
        {
            using PictureFeatures maps = _targets.Of(picture);
            for (int i = 0; i < _taps.Length && _options.Normalize; i++)
                variances[i] += TapVariance.Of(_backend, [maps.Taps[i]]) / pictures.Count;
            _stage?.Measure(picture, maps.Input, 1.0 / pictures.Count, begins ? fit : null);
        }

        if (_options.Normalize)
            variances.CopyTo(_variances, 0);
        if (begins && fit is not null)
            _stage!.Take(fit);
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses)
    {
        using Seen seen = See(picture);
        using ForwardPass decoded = _decoder.Forward(seen.Features);
        double pixel = FeatureLoss.Squared(_backend, decoded.Last, picture, weight, out Tensor gradient), feature = 0;
        if (_options.FeatureWeight > 0)
        {
            using ForwardPass actual = _network.Forward(decoded.Last);
            Dictionary<string, Tensor> ofTaps = [];
            for (int i = 0; i < _taps.Length; i++)
            {
                string tap = Vgg19.Tap(_taps[i]);
                feature += FeatureLoss.Squared(
                    _backend, _network.Output(actual, tap), seen.Targets.Taps[i], weight * _options.FeatureWeight / _variances[i], out Tensor own);
                ofTaps.Add(tap, own);
            }

            using Tensor back = _network.Backward(actual, ofTaps, [])!;
            _backend.AddScaled(back, 1, gradient);
        }

        double variation = _options.TotalVariationWeight > 0
            ? FeatureLoss.TotalVariation(_backend, decoded.Last, weight * _options.TotalVariationWeight, gradient) : 0;
        Tensor? toEncoder = _decoder.Backward(decoded, new Dictionary<string, Tensor> { [Vgg19.Tap(1)] = gradient }, gradients);
        double taught = _stage?.Backward(picture, seen.Encoded!, toEncoder!, weight, gradients) ?? 0;
        losses[0] += pixel + feature + variation + taught;
        losses[1] += pixel;
        // As it would be with λ = 1, so that runs can be compared.
        losses[2] += _options.FeatureWeight > 0 ? feature / _options.FeatureWeight : 0;
        losses[3] += _options.TotalVariationWeight > 0 ? variation / _options.TotalVariationWeight : 0;
        if (_stage is not null)
            losses[4] += _options.TeacherWeight > 0 ? taught / _options.TeacherWeight : 0;
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _decoder.Refresh();
        _stage?.Refresh();
    }

    /// <inheritdoc/>
    public Tensor? Reconstruct(Tensor picture)
    {
        using Seen seen = See(picture);
        using ForwardPass decoded = _decoder.Forward(seen.Features);
        Tensor copy = _backend.Allocate(picture.Shape);
        float[] numbers = new float[picture.Shape.Length];
        _backend.Read(decoded.Last, numbers);
        _backend.Write(numbers, copy);
        return copy;
    }

    /// <summary>The decoder as it is now.</summary>
    public DecoderWeights Decoder() => new(_level, Vgg19.DecoderConvolutions(_level).Select(_decoder.Weights), LastRelu);

    /// <summary>The encoder as it is now.</summary>
    public EncoderWeights Encoder() => _stage?.Encoder() ?? _encoderWeights;

    /// <summary>Where <see cref="Save"/> writes the encoder that was trained with the decoder: "d4.encoder.safetensors" beside "d4.safetensors".</summary>
    /// <param name="path">The decoder's file.</param>
    public static string EncoderPath(string path) => Path.ChangeExtension(path, ".encoder" + Path.GetExtension(path));

    /// <summary>Writes a model of this level: the encoder and the decoder. Where the encoder was trained with it, also the whole of that, to go on
    /// with at the next level: "d4.encoder.safetensors" beside "d4.safetensors".</summary>
    public void Save(string path)
    {
        EncoderWeights encoder = Encoder();
        if (_stage is not null)
            EncoderFile.Save(encoder, EncoderPath(path));
        new WctModel([new LevelModel(_level, encoder.UpTo(_level), Decoder())], "trained by wct train decoder").Save(path);
    }

    // Random weights are scaled, and the last layer begins as the linear regression of the picture: at level 1, which has no other, steps of a
    // gradient take long to get there. A few pictures tell enough.
    private void Fit(IReadOnlyList<Tensor> pictures)
    {
        const int Enough = 16;
        Tensor[] few = [.. pictures.Take(Enough)];
        Seen[] seen = [.. few.Select(See)];
        Tensor[] inputs = [.. seen.Select(one => one.Features)];
        _decoder.ScaleToUnit(inputs);
        FitLast(inputs, few);
        Array.ForEach(seen, one => one.Dispose());
    }

    private void FitLast(Tensor[] inputs, IReadOnlyList<Tensor> pictures)
    {
        const double Ridge = 1e-5;
        ConvolutionWeights last = Decoder().Convolutions[^1];
        AdapterFit fit = new(_backend, Neighborhoods.Size * last.InChannels, last.OutChannels, Ridge);
        for (int i = 0; i < inputs.Length; i++)
        {
            using ForwardPass pass = _decoder.Forward(inputs[i]);
            using Tensor reads = Corner(_decoder.LastInput(pass)), taught = Corner(pictures[i]), neighborhoods = Neighborhoods.Of(_backend, reads);
            fit.Add(neighborhoods, taught);
        }

        (float[] weights, float[] bias) = fit.Solve();
        _decoder.SetLast(weights, bias);
    }

    // Some thousands of pixels are plenty for a hundred numbers, and of large crops nine times the whole would be gigabytes. Where the corner
    // ends within the crop, its border is reflected wrongly for one line of pixels.
    private Tensor Corner(Tensor map)
    {
        const int Most = 96;
        Tensor corner = _backend.Allocate(new TensorShape(map.Shape.Channels, Math.Min(Most, map.Shape.Height), Math.Min(Most, map.Shape.Width)));
        _backend.Copy(map, Region.Of(corner.Shape), corner, 0, 0);
        return corner;
    }

    private Seen See(Tensor picture)
    {
        PictureFeatures targets = _targets.Of(picture);
        return new Seen(targets, _stage?.Forward(targets.Input));
    }

    private static void Check(int level, EncoderWeights encoder, string what)
    {
        if (level < 1 || level > encoder.Deepest)
            throw new ArgumentException($"Level {level} is asked for, the {what} has 1 to {encoder.Deepest}.", nameof(level));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _targets.Dispose();
        _network.Dispose();
        _decoder.Dispose();
        _stage?.Dispose();
    }

    // What comes before the decoder; the encoder's pass where that is trained too.
    private sealed record Seen(PictureFeatures Targets, ForwardPass? Encoded) : IDisposable
    {
        internal Tensor Features => Encoded?.Last ?? Targets.Input;

        public void Dispose()
        {
            Targets.Dispose();
            Encoded?.Dispose();
        }
    }
}
