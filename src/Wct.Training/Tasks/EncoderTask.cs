using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Distils an encoder: 1x1 adapters lead from its taps to the teachers' features; the loss is Σ mean((adapted - taught)²) / variance.</summary>
/// <remarks>After Wang et al. 2020, "Collaborative Distillation for Ultra-Resolution Universal Style Transfer": the adapters are linear, and
/// dropped in the end, as the whitening undoes what a linear map does.</remarks>
public sealed class EncoderTask : ITrainingTask
{
    private readonly Backend _backend;
    private readonly TeacherChain[] _teachers;
    private readonly LayerChain _student;
    private readonly EncoderWeights _start;
    private readonly Dictionary<int, TrainedConvolution> _adapters = [];
    private readonly Dictionary<int, double> _variances = [];
    private readonly int[] _levels;
    private readonly bool _fit;

    /// <summary>Prepares the networks.</summary>
    /// <param name="teachers">Together they teach every level of the encoder, each once.</param>
    /// <param name="start">The weights to start with; its conv0 stays as it is.</param>
    /// <param name="fit">Whether the starting weights are scaled to give features of unit size: for all but trained ones.</param>
    /// <exception cref="ArgumentException">A level that nobody teaches, or two do.</exception>
    public EncoderTask(Backend backend, IReadOnlyList<Teacher> teachers, EncoderWeights start, bool fit = true)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(start);
        (_backend, _start, _fit) = (backend, start, fit);
        _levels = [.. teachers.SelectMany(teacher => teacher.Levels).Order()];
        if (!_levels.SequenceEqual(Enumerable.Range(1, start.Deepest)))
            throw new ArgumentException($"The encoder has the levels 1 to {start.Deepest}, {string.Join(", ", _levels)} are taught.", nameof(teachers));
        // conv0 isn't trained, so that checkpoints have no other trace of it.
        string taught = Fingerprint.Of([.. teachers.SelectMany(teacher => teacher.Encoder.Convolutions.Concat(teacher.Adapters.Values)), start.Convolutions[0]]);
        Description = $"encoder {string.Join(',', _levels.Select(start.TapChannels))}, teachers {taught}";
        _teachers = [.. teachers.Select(teacher => new TeacherChain(backend, teacher))];
        Dictionary<int, ConvolutionWeights> adapters = _levels.ToDictionary(
            level => level, level => Adapter(level, start.TapChannels(level), _teachers.Single(teacher => teacher.Teaches(level)).Channels(level)));
        Parameters = Chains.Parameters([.. start.Convolutions.Skip(1), .. adapters.Values]);
        _student = new LayerChain(
            backend, Vgg19.Encoder(start.Deepest), start.Convolutions.ToDictionary(convolution => convolution.Name), Parameters, inputGradient: false);
        foreach ((int level, ConvolutionWeights adapter) in adapters)
        {
            _adapters.Add(level, new TrainedConvolution(backend, adapter, adapter.Name, Parameters, inputGradient: true));
            _variances.Add(level, 1);
        }
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses => ["loss", .. _levels.Select(level => $"relu{level}_1")];

    /// <inheritdoc/>
    public int Grain => 1 << (_start.Deepest - 1);

    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool begins)
    {
        if (begins && _fit)
            _student.ScaleToUnit(pictures);
        if (begins)
            FitAdapters(pictures);
        foreach (int level in _levels)
            _variances[level] = 0;
        foreach (Tensor picture in pictures)
        {
            foreach (TeacherChain teacher in _teachers)
                teacher.Teach(picture, (level, features) => _variances[level] += TapVariance.Of(_backend, [features]) / pictures.Count);
        }
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, double weight, Span<double> losses)
    {
        using ForwardPass pass = _student.Forward(picture);
        Dictionary<string, Tensor> gradients = [];
        double[] parts = new double[_levels.Length];
        foreach (TeacherChain teacher in _teachers)
        {
            teacher.Teach(picture, (level, taught) =>
            {
                string tap = Vgg19.Tap(level);
                Tensor features = _student.Output(pass, tap);
                using Tensor adapted = _backend.Allocate(taught.Shape);
                _backend.Convolve(features, _adapters[level].Forward, Activation.None, adapted);
                parts[level - 1] = FeatureLoss.Squared(_backend, adapted, taught, weight / _variances[level], out Tensor gradient);
                using (gradient)
                    gradients.Add(tap, _adapters[level].Backward(features, gradient)!);
            });
        }

        _student.Backward(pass, gradients);
        for (int i = 0; i < parts.Length; i++)
        {
            losses[0] += parts[i];
            losses[i + 1] += parts[i];
        }
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        _student.Refresh();
        foreach (TrainedConvolution adapter in _adapters.Values)
            adapter.Refresh();
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
        foreach (TrainedConvolution adapter in _adapters.Values)
            adapter.Dispose();
        Array.ForEach(_teachers, teacher => teacher.Dispose());
    }

    // Zeros until they are fitted.
    private static ConvolutionWeights Adapter(int level, int from, int to) =>
        new($"{Vgg19.Tap(level)}_adapter", to, from, 1, new float[from * to], new float[to]);

    private void FitAdapters(IReadOnlyList<Tensor> pictures)
    {
        Dictionary<int, AdapterFit> fits = _adapters.ToDictionary(
            pair => pair.Key, pair => new AdapterFit(_backend, pair.Value.Shape.InChannels, pair.Value.Shape.OutChannels));
        foreach (Tensor picture in pictures)
        {
            using ForwardPass pass = _student.Forward(picture);
            foreach (TeacherChain teacher in _teachers)
                teacher.Teach(picture, (level, taught) => fits[level].Add(_student.Output(pass, Vgg19.Tap(level)), taught));
        }

        foreach ((int level, AdapterFit fit) in fits)
        {
            (float[] weights, float[] bias) = fit.Solve();
            _adapters[level].Set(weights, bias);
        }

        Refresh();
    }
}
