using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Distils an encoder: 1x1 adapters lead from its taps to the teachers' features; the loss is Σ mean((adapted - taught)²) / variance.</summary>
/// <remarks>
/// After Wang et al. 2020, "Collaborative Distillation for Ultra-Resolution Universal Style Transfer": the adapters are linear, and dropped in
/// the end, as the whitening undoes what a linear map does. What the teachers see of a picture need not suffice to give it back: the
/// picture itself can be one more lesson at every tap.
/// </remarks>
public sealed class EncoderTask : ITrainingTask
{
    private readonly Backend _backend;
    private readonly TeacherChain[] _teachers;
    private readonly LayerChain _student;
    private readonly EncoderWeights _start;
    private readonly Dictionary<int, Lesson> _features, _pictures;
    private readonly int[] _levels;
    private readonly bool _fit;
    private readonly double _picture;

    /// <summary>Prepares the networks.</summary>
    /// <param name="teachers">Together they teach every level of the encoder, each once.</param>
    /// <param name="start">The weights to start with; its conv0 stays as it is.</param>
    /// <param name="fit">Whether the starting weights are scaled to give features of unit size: for all but trained ones.</param>
    /// <param name="picture">Weight of the picture's error beside the features', at least 0.</param>
    /// <exception cref="ArgumentException">A level that nobody teaches, or two do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight that is not at least 0.</exception>
    public EncoderTask(Backend backend, IReadOnlyList<Teacher> teachers, EncoderWeights start, bool fit = true, double picture = 0)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(start);
        if (!(picture >= 0))
            throw new ArgumentOutOfRangeException(nameof(picture), picture, "The picture's weight must be at least 0.");
        (_backend, _start, _fit, _picture) = (backend, start, fit, picture);
        _levels = [.. teachers.SelectMany(teacher => teacher.Levels).Order()];
        if (!_levels.SequenceEqual(Enumerable.Range(1, start.Deepest)))
            throw new ArgumentException($"The encoder has the levels 1 to {start.Deepest}, {string.Join(", ", _levels)} are taught.", nameof(teachers));
        // conv0 isn't trained, so that checkpoints have no other trace of it.
        string taught = Fingerprint.Of([.. teachers.SelectMany(teacher => teacher.Encoder.Convolutions.Concat(teacher.Adapters.Values)), start.Convolutions[0]]);
        Description = FormattableString.Invariant($"encoder {string.Join(',', _levels.Select(start.TapChannels))}, teachers {taught}, picture {picture}");
        _teachers = [.. teachers.Select(teacher => new TeacherChain(backend, teacher))];
        Dictionary<int, ConvolutionWeights> features = _levels.ToDictionary(
            level => level, level => Adapter(level, "adapter", _teachers.Single(teacher => teacher.Teaches(level)).Channels(level)));
        Dictionary<int, ConvolutionWeights> pictures = (picture > 0 ? _levels : []).ToDictionary(
            level => level, level => Adapter(level, "picture", PicturePatches.Channels(level)));
        Parameters = Chains.Parameters([.. start.Convolutions.Skip(1), .. features.Values, .. pictures.Values]);
        _student = new LayerChain(
            backend, Vgg19.Encoder(start.Deepest), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters, inputGradient: false);
        _features = features.ToDictionary(pair => pair.Key, pair => new Lesson(backend, pair.Value, Parameters));
        _pictures = pictures.ToDictionary(pair => pair.Key, pair => new Lesson(backend, pair.Value, Parameters));
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses =>
        ["loss", .. _levels.Select(level => $"relu{level}_1"), .. _pictures.Keys.Select(level => $"picture{level}")];

    /// <inheritdoc/>
    public int Grain => 1 << (_start.Deepest - 1);

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool begins)
    {
        if (begins && _fit)
            _student.ScaleToUnit(pictures);
        if (begins)
            FitAdapters(pictures);
        foreach (Lesson lesson in Lessons)
            lesson.Variance = 0;
        foreach (Tensor picture in pictures)
            Teach(picture, (_, lesson, taught) => lesson.Variance += TapVariance.Of(_backend, [taught]) / pictures.Count);
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, float[] gradients, double[] losses)
    {
        using ForwardPass pass = _student.Forward(picture);
        Dictionary<string, Tensor> ofTaps = [];
        double[] parts = new double[losses.Length];
        Teach(picture, (level, lesson, taught) =>
        {
            string tap = Vgg19.Tap(level);
            bool ofPicture = _pictures.ContainsValue(lesson);
            double share = ofPicture ? _picture : 1;
            double loss = lesson.Learn(_student.Output(pass, tap), taught, weight * share, gradients, out Tensor gradient);
            parts[0] += loss;
            parts[ofPicture ? _levels.Length + level : level] = loss / share;
            if (!ofTaps.TryAdd(tap, gradient))
            {
                using (gradient)
                    _backend.AddScaled(gradient, 1, ofTaps[tap]);
            }
        });
        _student.Backward(pass, ofTaps, gradients);
        for (int i = 0; i < parts.Length; i++)
            losses[i] += parts[i];
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _student.Refresh();
        foreach (Lesson lesson in Lessons)
            lesson.Refresh();
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
        foreach (Lesson lesson in Lessons)
            lesson.Dispose();
        Array.ForEach(_teachers, teacher => teacher.Dispose());
    }

    private IEnumerable<Lesson> Lessons => _features.Values.Concat(_pictures.Values);

    // Zeros until they are fitted.
    private ConvolutionWeights Adapter(int level, string name, int to)
    {
        int from = _start.TapChannels(level);
        return new ConvolutionWeights($"{Vgg19.Tap(level)}_{name}", to, from, 1, new float[from * to], new float[to]);
    }

    // Calls back with every lesson on a picture; what is taught lasts as long as the call.
    private void Teach(Tensor picture, Action<int, Lesson, Tensor> learn)
    {
        foreach (TeacherChain teacher in _teachers)
            teacher.Teach(picture, (level, taught) => learn(level, _features[level], taught));
        foreach ((int level, Lesson lesson) in _pictures)
        {
            using Tensor taught = PicturePatches.Of(_backend, picture, level);
            learn(level, lesson, taught);
        }
    }

    private void FitAdapters(IReadOnlyList<Tensor> pictures)
    {
        Dictionary<Lesson, AdapterFit> fits = Lessons.ToDictionary(lesson => lesson, lesson => lesson.BeginFit());
        foreach (Tensor picture in pictures)
        {
            using ForwardPass pass = _student.Forward(picture);
            Teach(picture, (level, lesson, taught) => fits[lesson].Add(_student.Output(pass, Vgg19.Tap(level)), taught));
        }

        foreach ((Lesson lesson, AdapterFit fit) in fits)
            lesson.Take(fit);
        Refresh();
    }
}
