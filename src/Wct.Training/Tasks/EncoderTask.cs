using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Distills an encoder: a student learns the features of one or more teachers. A linear 1x1 adapter maps the student's features to
/// each target. The loss of a tap is mean((adapted - target)²) / variance.</summary>
/// <remarks>
/// After Wang et al. 2020, "Collaborative Distillation for Ultra-Resolution Universal Style Transfer". The adapters are dropped after
/// training, because whitening undoes a linear map. A teacher's features may not suffice to reconstruct a picture, so the picture itself
/// can be an additional target at each tap. A teacher with the same layers as the student can provide hints, which are targets between the
/// taps (Romero et al. 2015, "FitNets: Hints for Thin Deep Nets").
/// </remarks>
public sealed class EncoderTask : ITrainingTask
{
    // A crop of 96x96 pixels has only 36 pixels at relu5_1, so fitting an adapter from 128 channels takes many crops.
    internal const int PicturesForAdapters = 128;

    private readonly TrainingBackend _backend;
    private readonly TeacherNetwork[] _teachers;
    private readonly TrainedNetwork _student;
    private readonly EncoderWeights _start;
    private readonly DistillationLoss[] _terms;
    private readonly Objective _objective;
    private readonly Dictionary<string, string> _taps;
    private readonly int[] _pictureLevels;
    private readonly bool _scale;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="teachers">The teachers. Each level of the encoder must be a target of exactly one teacher.</param>
    /// <param name="start">The student's starting weights; its conv0 stays fixed.</param>
    /// <param name="scaleToUnit">Whether to scale the starting weights so that each layer's outputs have a root mean square of 1. Use false
    /// for weights that are already trained.</param>
    /// <param name="pictureWeight">Weight of the picture's error at each tap, at least 0.</param>
    /// <param name="hintWeight">Weight of the hints, at least 0.</param>
    /// <exception cref="ArgumentException">A level has no teacher, or two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public EncoderTask(
        TrainingBackend backend, IReadOnlyList<Teacher> teachers, EncoderWeights start, bool scaleToUnit = true, double pictureWeight = 0,
        double hintWeight = 0)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(start);
        CheckWeight(nameof(pictureWeight), pictureWeight);
        CheckWeight(nameof(hintWeight), hintWeight);
        (_backend, _start, _scale) = (backend, start, scaleToUnit);
        int[] levels = [.. teachers.SelectMany(teacher => teacher.Levels).Order()];
        if (!levels.SequenceEqual(Enumerable.Range(1, start.Deepest)))
            throw new ArgumentException(
                $"The encoder has the levels 1 to {start.Deepest}, the teachers have {string.Join(", ", levels)}.", nameof(teachers));
        // conv0 isn't trained, so it isn't among a checkpoint's parameters.
        IEnumerable<ConvolutionWeights> networks = teachers.SelectMany(
            teacher => teacher.Encoder.Convolutions.Concat(teacher.Adapters.Values));
        string fingerprint = Fingerprint.Of([.. networks, start.Convolutions[0]]);
        Description = $"encoder {string.Join(',', levels.Select(start.TapChannels))}, teachers {fingerprint}";
        _teachers = [.. teachers.Select(teacher => new TeacherNetwork(backend, teacher, hintWeight > 0))];
        _pictureLevels = pictureWeight > 0 ? levels : [];
        Dictionary<string, ConvolutionWeights> features = _teachers.SelectMany(teacher => teacher.Layers)
            .ToDictionary(layer => LossTap.Of(layer.Convolution), layer => AdapterStart(layer.Convolution, "adapter", layer.Channels));
        Dictionary<int, ConvolutionWeights> pictures = _pictureLevels.ToDictionary(
            level => level, level => AdapterStart(Vgg19.Tap(level), "picture", PicturePatches.Channels(level)));
        Parameters = NetworkParts.Parameters([.. start.Convolutions.Skip(1), .. features.Values, .. pictures.Values]);
        _student = new TrainedNetwork(
            backend, Vgg19.Encoder(start.Deepest), new NetworkWeights(start.Convolutions), Parameters, inputGradient: false);
        _taps = features.Keys.ToDictionary(tap => tap, LossTap.ConvolutionOf);

        Adapter New(string tap, string target, ConvolutionWeights weights) => new(backend, tap, target, weights, Parameters);
        string[] taps = [.. levels.Select(LossTap.Level)];
        DistillationLoss Hints() => new("hints", [.. features.Keys.Except(taps).Select(hint => New(hint, hint, features[hint]))]);
        DistillationLoss OfPicture(int level) =>
            new(PictureTarget(level), [New(LossTap.Level(level), PictureTarget(level), pictures[level])]);
        Losses =
        [
            .. taps.Select(tap => new WeightedLoss(new DistillationLoss(tap, [New(tap, tap, features[tap])]))),
            .. hintWeight > 0 ? [new WeightedLoss(Hints(), hintWeight)] : Array.Empty<WeightedLoss>(),
            .. _pictureLevels.Select(level => new WeightedLoss(OfPicture(level), pictureWeight)),
        ];
        _terms = [.. Losses.Select(loss => (DistillationLoss)loss.Term)];
        _objective = new Objective(Losses);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightedLoss> Losses { get; }

    /// <inheritdoc/>
    public int SizeMultiple => 1 << (_start.Deepest - 1);

    /// <inheritdoc/>
    public int MeasuredPictures => PicturesForAdapters;

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool initialize)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (initialize && _scale)
            _student.ScaleToUnit(pictures);
        foreach (DistillationLoss term in _terms)
        {
            term.BeginMeasure();
            if (initialize)
                term.BeginFit();
        }

        // A teacher's pass is expensive, so the variances and the adapters share it.
        foreach (Tensor picture in pictures)
        {
            using TargetSet targets = Targets(picture);
            using ForwardPass? pass = initialize ? _student.Forward(picture) : null;
            using LossContext? context = pass is null ? null : Context(targets, pass);
            foreach (DistillationLoss term in _terms)
            {
                term.Measure(targets.Targets, 1.0 / pictures.Count);
                if (context is not null)
                    term.Fit(context);
            }
        }

        if (initialize)
            Array.ForEach(_terms, term => term.EndFit());
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, long index, double weight, Memory<float> gradients, LossValues losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        using TargetSet targets = Targets(picture);
        using ForwardPass pass = _student.Forward(picture);
        using LossContext context = Context(targets, pass, gradients);
        double[] weighted = new double[Losses.Count];
        _objective.Evaluate(context, weight, features: true, weighted);
        _student.Backward(pass, context.TakeFeatureGradients(), gradients);
        losses.Add(weighted);
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _student.Refresh();
        Array.ForEach(_terms, term => term.Refresh());
    }

    /// <summary>Returns null, because an encoder produces no pictures.</summary>
    /// <param name="picture">Not used.</param>
    /// <param name="index">Not used.</param>
    /// <returns>Null.</returns>
    public Tensor? Reconstruct(Tensor picture, long index) => null;

    /// <summary>The encoder with its current weights, without the adapters.</summary>
    /// <returns>A copy of the weights.</returns>
    public EncoderWeights Encoder() =>
        new(_start.Deepest, [_start.Convolutions[0], .. _start.Convolutions.Skip(1).Select(layer => _student.Weights(layer.Name))]);

    /// <summary>Writes the encoder, without the adapters.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Save(string path) => EncoderFile.Save(Encoder(), path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _student.Dispose();
        Array.ForEach(_terms, term => term.Dispose());
        Array.ForEach(_teachers, teacher => teacher.Dispose());
    }

    private static void CheckWeight(string name, double weight)
    {
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(name, weight, "The weight must be finite and at least 0.");
    }

    private static string PictureTarget(int level) => $"picture{level}";

    // An adapter's weights are zero until it is fitted.
    private ConvolutionWeights AdapterStart(string convolution, string name, int to)
    {
        int from = _start.Convolutions.Single(candidate => candidate.Name == convolution).OutChannels;
        return new ConvolutionWeights($"{convolution}_{name}", to, from, 1, new float[from * to], new float[to]);
    }

    private TargetSet Targets(Tensor picture)
    {
        TargetSet targets = new(_backend);
        foreach (TeacherNetwork teacher in _teachers)
            teacher.AddTargets(picture, targets);
        foreach (int level in _pictureLevels)
            targets.Add(PictureTarget(level), targets.Own(PicturePatches.Of(_backend, picture, level)));
        return targets;
    }

    private LossContext Context(TargetSet targets, ForwardPass pass, Memory<float> gradients = default) =>
        new(targets.Targets, _taps.ToDictionary(
            tap => tap.Key, tap => _student.Output(pass, tap.Value)))
        { ParameterGradients = gradients };
}
