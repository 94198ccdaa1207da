using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains a decoder to reconstruct pictures from an encoder's features.</summary>
public sealed partial class DecoderTask : ITrainingTask
{
    // This many crops are enough for the variances and for the start of the last layer.
    private const int PicturesForStart = 16;

    private readonly TrainingBackend _backend;
    private readonly EncoderWeights _encoder;
    private readonly LossNetwork _lossNetwork;
    private readonly TrainedNetwork _decoder;
    private readonly EncoderBlock? _trainedLayers;
    private readonly DecoderInputs _inputs;
    private readonly Objective _objective;
    private readonly int _level;
    private readonly bool _lastRelu, _fitStart;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="encoder">The encoder. It stays fixed unless the options have a teacher. It must have the decoder's level. If it is also
    /// the loss network, it must have all compared levels.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="options">The loss; null for the defaults.</param>
    /// <param name="start">The starting weights; null for random ones.</param>
    /// <exception cref="ArgumentException">The encoder, the loss network or the teacher lacks a level; the starting weights are for another
    /// level; a loss term has an unknown tap; two loss terms have the same name; or all losses of the decoder have weight 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public DecoderTask(
        TrainingBackend backend, EncoderWeights encoder, int level, DecoderOptions? options = null, DecoderWeights? start = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(encoder);
        options ??= new DecoderOptions();
        (_backend, _level, _fitStart) = (backend, level, start is null);
        EncoderWeights network = options.LossNetwork ?? encoder;
        WeightedLoss[] losses = [.. Terms(options, Math.Min(level, network.Deepest)), .. options.AdditionalLosses];
        if (losses.All(loss => loss.Weight == 0))
            throw new ArgumentException(
                $"The weights of the losses {string.Join(", ", losses.Select(loss => loss.Term.Name))} are all 0, one must be above 0.",
                nameof(options));
        int[] levels = Levels(losses.SelectMany(loss => loss.Term.Taps));
        Check(level, encoder, "encoder");
        Array.ForEach(levels, compared => Check(compared, network, "loss network"));
        if (options.Teacher is not null)
            Check(level, options.Teacher, "teacher");
        int deepest = levels.Append(1).Max();
        _encoder = encoder.UpTo(options.LossNetwork is null ? Math.Max(level, deepest) : level);
        network = network.UpTo(deepest);
        start ??= RandomModel.Create([.. Enumerable.Range(1, level).Select(encoder.TapChannels)], options.Seed).Levels[0].Decoder;
        // The constructor checks that encoder and decoder match.
        _ = new LevelModel(level, encoder, start);
        IEnumerable<ConvolutionWeights> trained = options.Teacher is { } teacher ? EncoderBlock.Trained(encoder, level, teacher) : [];
        Parameters = NetworkParts.Parameters([.. start.Convolutions, .. trained]);
        if (options.Teacher is not null)
            _trainedLayers = new EncoderBlock(backend, encoder, level, options.Teacher, options.TeacherWeight, Parameters);
        Losses = [.. losses, .. _trainedLayers is null ? Array.Empty<WeightedLoss>() : [_trainedLayers.Loss]];
        // The constructor checks that the terms' names differ.
        _ = new LossValues(Losses);
        _objective = new Objective(losses);
        int inputLevel = _trainedLayers is null ? level : level - 1;
        _inputs = new DecoderInputs(backend, encoder, inputLevel, options.LossNetwork, Levels(_objective.FeatureTaps));
        _lossNetwork = new LossNetwork(backend, network, losses);
        SizeMultiple = 1 << (Math.Max(level, deepest) - 1);
        _decoder = new TrainedNetwork(
            backend, Vgg19.Decoder(level, start.LastRelu), new NetworkWeights(start.Convolutions), Parameters,
            inputGradient: _trainedLayers is not null);
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
    public int MeasuredPictures => _trainedLayers is null ? PicturesForStart : EncoderTask.PicturesForAdapters;

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, long index, double weight, Memory<float> gradients, LossValues losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        using EncodedPicture encoded = Encode(picture);
        using ForwardPass decoded = _decoder.Forward(encoded.Features);
        double[] weighted = new double[Losses.Count];
        Tensor gradient = _lossNetwork.Evaluate(decoded.Last, encoded.Input.Targets.Targets, weight, weighted);
        Tensor? toEncoder = _decoder.Backward(decoded, new Dictionary<string, Tensor> { [Vgg19.Tap(1)] = gradient }, gradients);
        if (_trainedLayers is not null)
            weighted[^1] = _trainedLayers.Backward(picture, encoded.Pass!, toEncoder!, weight, gradients);
        losses.Add(weighted);
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _decoder.Refresh();
        _trainedLayers?.Refresh();
    }

    /// <inheritdoc/>
    public Tensor? Reconstruct(Tensor picture, long index)
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
    /// <returns>The given encoder up to the deepest level that the task uses, or a copy with the trained layers.</returns>
    public EncoderWeights Encoder() => _trainedLayers?.Encoder() ?? _encoder;

    /// <summary>Returns the path of the encoder that was trained together with a decoder: "d4.encoder.safetensors" for
    /// "d4.safetensors".</summary>
    /// <param name="path">The path of the decoder's file.</param>
    /// <returns>The path of the encoder's file.</returns>
    public static string EncoderPath(string path) => Path.ChangeExtension(path, ".encoder" + Path.GetExtension(path));

    /// <summary>Writes a model of this level: encoder and decoder. If the encoder was trained too, also writes all of its layers to
    /// <see cref="EncoderPath"/>, because the training of the next level starts from them.</summary>
    /// <param name="path">The model's file.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    public void Save(string path)
    {
        EncoderWeights encoder = Encoder();
        if (_trainedLayers is not null)
            EncoderFile.Save(encoder, EncoderPath(path));
        new WctModel([new LevelModel(_level, encoder.UpTo(_level), Decoder())], "trained by wct train decoder").Save(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _lossNetwork.Dispose();
        _decoder.Dispose();
        _trainedLayers?.Dispose();
    }

    private EncodedPicture Encode(Tensor picture)
    {
        DecoderInput input = _inputs.Of(picture);
        return new EncodedPicture(input, _trainedLayers?.Forward(input.Features));
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
            new WeightedLoss(new PixelLoss(), options.PixelWeight),
            new WeightedLoss(options.Normalize ? new NormalizedFeatureLoss(taps) : new FeatureLoss(taps), options.FeatureWeight),
            new WeightedLoss(new TotalVariationLoss(), options.TotalVariationWeight),
        ];
    }

    // Returns the levels of the taps, ascending.
    private static int[] Levels(IEnumerable<string> taps) =>
        [.. taps.Where(tap => tap != LossTap.Picture).Select(LossTap.LevelOf).Distinct().Order()];

    private static void Check(int level, EncoderWeights encoder, string what)
    {
        if (level < 1 || level > encoder.Deepest)
            throw new ArgumentException($"Level {level} was requested; the {what} has levels 1 to {encoder.Deepest}.", nameof(level));
    }

    // The decoder's input, and the forward pass of the encoder layers that are trained with the decoder; null if none are.
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
