using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains a decoder to give back the picture whose features it gets.</summary>
public sealed class DecoderTask : ITrainingTask
{
    private readonly bool _fit;
    private readonly Backend _backend;
    private readonly EncoderWeights _encoderWeights;
    private readonly DecoderOptions _options;
    private readonly LayerChain _encoder, _decoder;

    // For the pictures' own features, which nothing goes back through: poolings are fused as in stylising.
    private readonly Encoder _target;
    private readonly int[] _targetLevels;
    private readonly int _level;
    private readonly int[] _taps;
    private readonly double[] _variances;

    /// <summary>Prepares both networks.</summary>
    /// <param name="encoder">Stays as it is; reaches the level and every level that is compared.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="start">The weights to start with; null for random ones.</param>
    /// <exception cref="ArgumentException">The encoder doesn't reach a level, or the start is another level's.</exception>
    public DecoderTask(Backend backend, EncoderWeights encoder, int level, DecoderOptions? options = null, DecoderWeights? start = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(encoder);
        (_backend, _level, _options) = (backend, level, options ?? new DecoderOptions());
        _taps = [.. (_options.FeatureLevels ?? [level]).Distinct().Order()];
        int deepest = Math.Max(level, _taps.Append(level).Max());
        if (level < 1 || _taps.Append(level).Min() < 1 || deepest > encoder.Deepest)
            throw new ArgumentException($"Level {deepest} is asked for, the encoder has 1 to {encoder.Deepest}.", nameof(level));
        _encoderWeights = encoder.UpTo(deepest);
        _fit = start is null;
        start ??= RandomModel.Create([.. Enumerable.Range(1, level).Select(encoder.TapChannels)], _options.Seed).Levels[0].Decoder;
        // Only checks that they fit.
        _ = new LevelModel(level, encoder, start);
        _variances = [.. _taps.Select(_ => 1.0)];
        Parameters = Chains.Parameters(start.Convolutions);
        _targetLevels = [.. _taps.Append(level).Distinct().Order()];
        _target = new Encoder(backend, _encoderWeights);
        _encoder = Chains.Frozen(backend, _encoderWeights, inputGradient: true);
        _decoder = new LayerChain(
            backend, Vgg19.Decoder(level, start.LastRelu), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters, inputGradient: false);
        LastRelu = start.LastRelu;
        Description = FormattableString.Invariant(
            $"decoder {_level}{(LastRelu ? " with last ReLU" : "")}, encoder {Fingerprint.Of(_encoderWeights.Convolutions)}, λ {_options.FeatureWeight}, taps {string.Join(',', _taps)}, normalise {_options.Normalise}, τ {_options.TotalVariationWeight}");
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses { get; } = ["loss", "pixel", "feature", "variation"];

    /// <inheritdoc/>
    public int Grain => 1 << (_encoderWeights.Deepest - 1);

    private bool LastRelu { get; }

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool begins)
    {
        Tensor[][] features = [.. pictures.Select(picture => _target.Run(picture, _targetLevels))];
        if (begins && _fit)
        {
            Tensor[] inputs = [.. features.Select(maps => At(maps, _level))];
            _decoder.ScaleToUnit(inputs);
            FitLast(inputs, pictures);
        }

        for (int i = 0; _options.Normalise && i < _taps.Length; i++)
            _variances[i] = TapVariance.Of(_backend, features.Select(maps => At(maps, _taps[i])));
        foreach (Tensor tensor in features.SelectMany(maps => maps))
            tensor.Dispose();
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses)
    {
        Tensor[] target = _target.Run(picture, _targetLevels);
        using ForwardPass decoded = _decoder.Forward(At(target, _level));
        double pixel = FeatureLoss.Squared(_backend, decoded.Last, picture, weight, out Tensor gradient), feature = 0;
        if (_options.FeatureWeight > 0)
        {
            using ForwardPass actual = _encoder.Forward(decoded.Last);
            Dictionary<string, Tensor> ofTaps = [];
            for (int i = 0; i < _taps.Length; i++)
            {
                string tap = Vgg19.Tap(_taps[i]);
                feature += FeatureLoss.Squared(
                    _backend, _encoder.Output(actual, tap), At(target, _taps[i]), weight * _options.FeatureWeight / _variances[i], out Tensor own);
                ofTaps.Add(tap, own);
            }

            using Tensor back = _encoder.Backward(actual, ofTaps, [])!;
            _backend.AddScaled(back, 1, gradient);
        }

        double variation = _options.TotalVariationWeight > 0
            ? FeatureLoss.TotalVariation(_backend, decoded.Last, weight * _options.TotalVariationWeight, gradient) : 0;
        _decoder.Backward(decoded, new Dictionary<string, Tensor> { [Vgg19.Tap(1)] = gradient }, gradients);
        Array.ForEach(target, tensor => tensor.Dispose());
        losses[0] += pixel + feature + variation;
        losses[1] += pixel;
        // As it would be with λ = 1, so that runs can be compared.
        losses[2] += _options.FeatureWeight > 0 ? feature / _options.FeatureWeight : 0;
        losses[3] += _options.TotalVariationWeight > 0 ? variation / _options.TotalVariationWeight : 0;
    }

    /// <inheritdoc/>
    public void Refresh() => _decoder.Refresh();

    /// <inheritdoc/>
    public Tensor? Reconstruct(Tensor picture)
    {
        using Tensor features = _target.Run(picture, [_level])[0];
        using ForwardPass decoded = _decoder.Forward(features);
        Tensor copy = _backend.Allocate(picture.Shape);
        float[] numbers = new float[picture.Shape.Length];
        _backend.Read(decoded.Last, numbers);
        _backend.Write(numbers, copy);
        return copy;
    }

    /// <summary>The decoder as it is now.</summary>
    public DecoderWeights Decoder() => new(_level, Vgg19.DecoderConvolutions(_level).Select(_decoder.Weights), LastRelu);

    /// <summary>Writes a model of this level: the encoder and the decoder.</summary>
    public void Save(string path) => new WctModel([new LevelModel(_level, _encoderWeights.UpTo(_level), Decoder())], "trained by wct train decoder").Save(path);

    // The last layer begins as the linear regression of the picture: at level 1, which has no other, steps of a gradient take long to get there.
    private void FitLast(Tensor[] inputs, IReadOnlyList<Tensor> pictures)
    {
        const double Ridge = 1e-5;
        ConvolutionWeights last = Decoder().Convolutions[^1];
        AdapterFit fit = new(_backend, Neighbourhoods.Size * last.InChannels, last.OutChannels, Ridge);
        for (int i = 0; i < inputs.Length; i++)
        {
            using ForwardPass pass = _decoder.Forward(inputs[i]);
            using Tensor seen = Corner(_decoder.LastInput(pass)), taught = Corner(pictures[i]), neighbourhoods = Neighbourhoods.Of(_backend, seen);
            fit.Add(neighbourhoods, taught);
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

    private Tensor At(Tensor[] maps, int level) => maps[Array.IndexOf(_targetLevels, level)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _target.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
