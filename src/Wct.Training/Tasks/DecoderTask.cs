using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains a decoder to reconstruct pictures from an encoder's features.</summary>
public sealed partial class DecoderTask : ITrainingTask
{
    private readonly TrainingBackend _backend;
    private readonly EncoderWeights _encoder;
    private readonly TrainedNetwork _network, _decoder;
    private readonly EncoderBlock? _block;
    private readonly DecoderInputs _inputs;
    private readonly Objective _objective;
    private readonly int _level;
    private readonly bool _lastRelu, _fit;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="encoder">The encoder. It stays fixed unless the options name a teacher. It has the decoder's level, and, without
    /// another loss network, all compared levels.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="options">The loss; null for the defaults.</param>
    /// <param name="start">The starting weights; null for random ones.</param>
    /// <exception cref="ArgumentException">The encoder, the loss network or the teacher doesn't have a level; the starting weights are
    /// those of another level; or a loss term has an unknown tap or the name of another one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public DecoderTask(
        TrainingBackend backend, EncoderWeights encoder, int level, DecoderOptions? options = null, DecoderWeights? start = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(encoder);
        options ??= new DecoderOptions();
        (_backend, _level, _fit) = (backend, level, start is null);
        EncoderWeights network = options.LossNetwork ?? encoder;
        WeightedLoss[] losses = [.. Terms(options, Math.Min(level, network.Deepest)), .. options.AdditionalLosses];
        int[] levels = Levels(losses.SelectMany(loss => loss.Term.Taps));
        Check(level, encoder, "encoder");
        Array.ForEach(levels, own => Check(own, network, "loss network"));
        if (options.Teacher is { } teacher)
            Check(level, teacher, "teacher");
        int deepest = levels.Append(1).Max();
        _encoder = encoder.UpTo(options.LossNetwork is null ? Math.Max(level, deepest) : level);
        network = network.UpTo(deepest);
        start ??= RandomModel.Create([.. Enumerable.Range(1, level).Select(encoder.TapChannels)], options.Seed).Levels[0].Decoder;
        // Checks that encoder and decoder fit.
        _ = new LevelModel(level, encoder, start);
        IEnumerable<ConvolutionWeights> trained = options.Teacher is { } own ? EncoderBlock.Trained(encoder, level, own) : [];
        Parameters = NetworkParts.Parameters([.. start.Convolutions, .. trained]);
        if (options.Teacher is not null)
            _block = new EncoderBlock(backend, encoder, level, options.Teacher, options.TeacherWeight, Parameters);
        Losses = [.. losses, .. _block is null ? Array.Empty<WeightedLoss>() : [_block.Loss]];
        // Checks that names differ.
        _ = new LossValues(Losses);
        _objective = new Objective(losses);
        int inputLevel = _block is null ? level : level - 1;
        _inputs = new DecoderInputs(backend, encoder, inputLevel, options.LossNetwork, Levels(_objective.FeatureTaps));
        _network = NetworkParts.Frozen(backend, network, inputGradient: true);
        SizeMultiple = 1 << (Math.Max(level, deepest) - 1);
        _decoder = new TrainedNetwork(
            backend, Vgg19.Decoder(level, start.LastRelu), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters,
            inputGradient: _block is not null);
        _lastRelu = start.LastRelu;
        Description = Describe(options, network);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightedLoss> Losses { get; }

    /// <inheritdoc/>
    public int SizeMultiple { get; }

    /// <inheritdoc/>
    public int MeasuredPictures => _block is null ? 16 : EncoderTask.PicturesForAdapters;

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, Memory<float> gradients, LossValues losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        using EncodedPicture encoded = Encode(picture);
        using ForwardPass decoded = _decoder.Forward(encoded.Features);
        double[] weighted = new double[Losses.Count];
        Tensor gradient = Evaluate(decoded.Last, encoded.Input.Targets.Targets, weight, weighted);
        Tensor? toEncoder = _decoder.Backward(decoded, new Dictionary<string, Tensor> { [Vgg19.Tap(1)] = gradient }, gradients);
        if (_block is not null)
            weighted[^1] = _block.Backward(picture, encoded.Pass!, toEncoder!, weight, gradients);
        losses.Add(weighted);
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _decoder.Refresh();
        _block?.Refresh();
    }

    /// <inheritdoc/>
    public Tensor? Reconstruct(Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using EncodedPicture encoded = Encode(picture);
        using ForwardPass decoded = _decoder.Forward(encoded.Features);
        Tensor copy = _backend.Allocate(picture.Shape);
        float[] numbers = new float[picture.Shape.Length];
        _backend.Read(decoded.Last, numbers);
        _backend.Write(numbers, copy);
        return copy;
    }

    /// <summary>The decoder with its current weights.</summary>
    /// <returns>A copy of the weights.</returns>
    public DecoderWeights Decoder() => new(_level, Vgg19.DecoderConvolutions(_level).Select(_decoder.Weights), _lastRelu);

    /// <summary>The encoder with its current weights.</summary>
    /// <returns>The given encoder, or a copy with the layers that were trained with the decoder.</returns>
    public EncoderWeights Encoder() => _block?.Encoder() ?? _encoder;

    /// <summary>The file of an encoder that was trained with its decoder: "d4.encoder.safetensors" beside "d4.safetensors".</summary>
    /// <param name="path">The decoder's file.</param>
    /// <returns>The encoder's file.</returns>
    public static string EncoderPath(string path) => Path.ChangeExtension(path, ".encoder" + Path.GetExtension(path));

    /// <summary>Writes a model of this level: encoder and decoder. If the encoder was trained too, also writes all of its layers to
    /// <see cref="EncoderPath"/>: the next level's training starts from them.</summary>
    /// <param name="path">The model's file.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    public void Save(string path)
    {
        EncoderWeights encoder = Encoder();
        if (_block is not null)
            EncoderFile.Save(encoder, EncoderPath(path));
        new WctModel([new LevelModel(_level, encoder.UpTo(_level), Decoder())], "trained by wct train decoder").Save(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _network.Dispose();
        _decoder.Dispose();
        _block?.Dispose();
    }

    /// <summary>Evaluates the losses of the decoded picture.</summary>
    /// <returns>The gradient with respect to the decoded picture, which the caller disposes of.</returns>
    private Tensor Evaluate(Tensor decoded, LossTargets targets, double weight, Span<double> weighted)
    {
        using ForwardPass? pass = _objective.FeatureTaps.Count > 0 ? _network.Forward(decoded) : null;
        Dictionary<string, Tensor> outputs = new() { [LossTap.Picture] = decoded };
        foreach (string tap in _objective.FeatureTaps)
            outputs.Add(tap, _network.Output(pass!, LossTap.ConvolutionOf(tap)));
        using LossContext context = new(targets, outputs);
        if (pass is not null)
        {
            _objective.Evaluate(context, weight, features: true, weighted);
            if (_network.Backward(pass, context.TakeFeatureGradients(), default) is { } gradient)
                context.AddGradient(LossTap.Picture, gradient);
        }

        _objective.Evaluate(context, weight, features: false, weighted);
        // The pixel loss always has one.
        return context.TakeGradient(LossTap.Picture)!;
    }

    private EncodedPicture Encode(Tensor picture)
    {
        DecoderInput input = _inputs.Of(picture);
        return new EncodedPicture(input, _block?.Forward(input.Features));
    }

    private string Describe(DecoderOptions options, EncoderWeights network)
    {
        string text = $"decoder {_level}{(_lastRelu ? " with last ReLU" : "")}, encoder {Fingerprint.Of(_encoder.Convolutions)}";
        if (options.LossNetwork is not null)
            text += $", loss network {Fingerprint.Of(network.Convolutions)}";
        return options.Teacher is null ? text : $"{text}, teacher {Fingerprint.Of(options.Teacher.UpTo(_level).Convolutions)}";
    }

    private static WeightedLoss[] Terms(DecoderOptions options, int defaultLevel)
    {
        string[] taps = [.. (options.FeatureLevels ?? [defaultLevel]).Distinct().Order().Select(LossTap.Level)];
        return
        [
            new WeightedLoss(new PixelLoss()),
            new WeightedLoss(options.Normalize ? new NormalizedFeatureLoss(taps) : new FeatureLoss(taps), options.FeatureWeight),
            new WeightedLoss(new TotalVariationLoss(), options.TotalVariationWeight),
        ];
    }

    // Ascending.
    private static int[] Levels(IEnumerable<string> taps) =>
        [.. taps.Where(tap => tap != LossTap.Picture).Select(LossTap.LevelOf).Distinct().Order()];

    private static void Check(int level, EncoderWeights encoder, string what)
    {
        if (level < 1 || level > encoder.Deepest)
            throw new ArgumentException($"Level {level} is asked for, the {what} has 1 to {encoder.Deepest}.", nameof(level));
    }

    // The input of the decoder; the pass of the encoder's layers that are trained with it.
    private sealed record EncodedPicture(DecoderInput Input, ForwardPass? Pass) : IDisposable
    {
        internal Tensor Features => Pass?.Last ?? Input.Features;

        public void Dispose()
        {
            Input.Dispose();
            Pass?.Dispose();
        }
    }
}
