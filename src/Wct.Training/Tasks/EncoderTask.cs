using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Distils an encoder: 1x1 adapters lead from its taps to the teachers' features; the loss is Σ mean((adapted - taught)²) / variance.</summary>
/// <remarks>
/// After Wang et al. 2020, "Collaborative Distillation for Ultra-Resolution Universal Style Transfer": the adapters are linear, and dropped in
/// the end, as the whitening undoes what a linear map does. What the teachers see of a picture need not suffice to give it back: the
/// picture itself can be one more lesson at every tap. A teacher with the student's layers can show the way from tap to tap too: hints, as in
/// Romero et al. 2015, "FitNets: Hints for Thin Deep Nets", here at every layer.
/// </remarks>
public sealed class EncoderTask : ITrainingTask
{
    // Of crops of 96, relu5_1 has 36 pixels: an adapter from 128 channels takes many to be fitted.
    internal const int PicturesForAdapters = 128;

    private const string HintLoss = "hints";

    private readonly Backend _backend;
    private readonly TeacherChain[] _teachers;
    private readonly LayerChain _student;
    private readonly EncoderWeights _start;
    private readonly Dictionary<string, Subject> _features;
    private readonly Dictionary<int, Subject> _pictures;
    private readonly int[] _levels;
    private readonly bool _fit;
    private readonly bool _hints;

    /// <summary>Prepares the networks.</summary>
    /// <param name="teachers">Together they teach every level of the encoder, each once.</param>
    /// <param name="start">The weights to start with; its conv0 stays as it is.</param>
    /// <param name="fit">Whether the starting weights are scaled to give features of unit size: for all but trained ones.</param>
    /// <param name="picture">Weight of the picture's error beside the features', at least 0.</param>
    /// <param name="hints">Weight of the error at each layer between the taps, at least 0.</param>
    /// <exception cref="ArgumentException">A level that nobody teaches, or two do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight that is not at least 0.</exception>
    public EncoderTask(Backend backend, IReadOnlyList<Teacher> teachers, EncoderWeights start, bool fit = true, double picture = 0, double hints = 0)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(start);
        if (!(picture >= 0))
            throw new ArgumentOutOfRangeException(nameof(picture), picture, "The picture's weight must be at least 0.");
        if (!(hints >= 0))
            throw new ArgumentOutOfRangeException(nameof(hints), hints, "The hints' weight must be at least 0.");
        (_backend, _start, _fit, _hints) = (backend, start, fit, hints > 0);
        _levels = [.. teachers.SelectMany(teacher => teacher.Levels).Order()];
        if (!_levels.SequenceEqual(Enumerable.Range(1, start.Deepest)))
            throw new ArgumentException($"The encoder has the levels 1 to {start.Deepest}, {string.Join(", ", _levels)} are taught.", nameof(teachers));
        // conv0 isn't trained, so that checkpoints have no other trace of it.
        string taught = Fingerprint.Of([.. teachers.SelectMany(teacher => teacher.Encoder.Convolutions.Concat(teacher.Adapters.Values)), start.Convolutions[0]]);
        Description = FormattableString.Invariant($"encoder {string.Join(',', _levels.Select(start.TapChannels))}, teachers {taught}, picture {picture}{(_hints ? $", hints {hints}" : "")}");
        _teachers = [.. teachers.Select(teacher => new TeacherChain(backend, teacher, _hints))];
        Dictionary<string, ConvolutionWeights> features = _teachers.SelectMany(teacher => teacher.Layers)
            .ToDictionary(taught => taught.Layer, taught => Adapter(taught.Layer, "adapter", taught.Channels));
        Dictionary<int, ConvolutionWeights> pictures = (picture > 0 ? _levels : []).ToDictionary(
            level => level, level => Adapter(Vgg19.Tap(level), "picture", PicturePatches.Channels(level)));
        Parameters = Chains.Parameters([.. start.Convolutions.Skip(1), .. features.Values, .. pictures.Values]);
        _student = new LayerChain(
            backend, Vgg19.Encoder(start.Deepest), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters, inputGradient: false);
        Losses = ["loss", .. _levels.Select(TapLoss), .. _hints ? [HintLoss] : Array.Empty<string>(), .. pictures.Keys.Select(PictureLoss)];
        Dictionary<string, int> levels = _levels.ToDictionary(Vgg19.Tap);
        _features = features.ToDictionary(pair => pair.Key, pair => levels.TryGetValue(pair.Key, out int level)
            ? Learn(pair.Key, pair.Value, TapLoss(level), 1) : Learn(pair.Key, pair.Value, HintLoss, hints));
        _pictures = pictures.ToDictionary(pair => pair.Key, pair => Learn(Vgg19.Tap(pair.Key), pair.Value, PictureLoss(pair.Key), picture));
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses { get; }

    /// <inheritdoc/>
    public int Grain => 1 << (_start.Deepest - 1);

    /// <inheritdoc/>
    public int MeasuredPictures => PicturesForAdapters;

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool begins)
    {
        if (begins && _fit)
            _student.ScaleToUnit(pictures);
        Dictionary<Subject, AdapterFit> fits = (begins ? Subjects : []).ToDictionary(subject => subject, subject => subject.Lesson.BeginFit());
        foreach (Subject subject in Subjects)
            subject.Lesson.Variance = 0;
        // Teachers are dear: what begins and what is measured looks at each picture once.
        foreach (Tensor picture in pictures)
        {
            using ForwardPass? pass = begins ? _student.Forward(picture) : null;
            Teach(picture, (subject, taught) =>
            {
                subject.Lesson.Variance += TapVariance.Of(_backend, [taught]) / pictures.Count;
                if (pass is not null)
                    fits[subject].Add(_student.Output(pass, subject.Layer), taught);
            });
        }

        foreach ((Subject subject, AdapterFit fit) in fits)
            subject.Lesson.Take(fit);
        if (begins)
            Refresh();
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses)
    {
        using ForwardPass pass = _student.Forward(picture);
        Dictionary<string, Tensor> ofLayers = [];
        double[] parts = new double[losses.Length];
        Teach(picture, (subject, taught) =>
        {
            Tensor features = _student.Output(pass, subject.Layer);
            double loss = subject.Lesson.Learn(features, taught, weight * subject.Weight, gradients, out Tensor gradient);
            parts[0] += loss;
            parts[subject.Loss] += loss / subject.Weight;
            if (!ofLayers.TryAdd(subject.Layer, gradient))
            {
                using (gradient)
                    _backend.AddScaled(gradient, 1, ofLayers[subject.Layer]);
            }
        });
        _student.Backward(pass, ofLayers, gradients);
        for (int i = 0; i < parts.Length; i++)
            losses[i] += parts[i];
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _student.Refresh();
        foreach (Subject subject in Subjects)
            subject.Lesson.Refresh();
    }

    /// <summary>An encoder has no pictures to show.</summary>
    public Tensor? Reconstruct(Tensor picture) => null;

    /// <summary>The encoder as it is now, without the adapters.</summary>
    public EncoderWeights Encoder() => new(_start.Deepest, [_start.Convolutions[0], .. _start.Convolutions.Skip(1).Select(layer => _student.Weights(layer.Name))]);

    /// <summary>Writes the encoder, without the adapters.</summary>
    public void Save(string path) => EncoderFile.Save(Encoder(), path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _student.Dispose();
        foreach (Subject subject in Subjects)
            subject.Lesson.Dispose();
        Array.ForEach(_teachers, teacher => teacher.Dispose());
    }

    private IEnumerable<Subject> Subjects => _features.Values.Concat(_pictures.Values);

    private static string TapLoss(int level) => $"relu{level}_1";

    private static string PictureLoss(int level) => $"picture{level}";

    private Subject Learn(string layer, ConvolutionWeights adapter, string loss, double weight) =>
        new(layer, new Lesson(_backend, adapter, Parameters), Array.IndexOf([.. Losses], loss), weight);

    // Zeros until they are fitted.
    private ConvolutionWeights Adapter(string layer, string name, int to)
    {
        int from = _start.Convolutions.Single(convolution => convolution.Name == layer).OutChannels;
        return new ConvolutionWeights($"{layer}_{name}", to, from, 1, new float[from * to], new float[to]);
    }

    // Calls back with every subject on a picture; what is taught lasts as long as the call.
    private void Teach(Tensor picture, Action<Subject, Tensor> learn)
    {
        foreach (TeacherChain teacher in _teachers)
            teacher.Teach(picture, (layer, taught) => learn(_features[layer], taught));
        foreach ((int level, Subject subject) in _pictures)
        {
            using Tensor taught = PicturePatches.Of(_backend, picture, level);
            learn(subject, taught);
        }
    }
}
