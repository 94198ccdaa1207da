using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>The layers that one level's encoder adds to the level's before, trained with that level's decoder.</summary>
/// <remarks>
/// Shallower levels don't use them, deeper ones begin with them. What the decoder lacks they learn to let through; what a teacher sees at the
/// tap they go on learning, through a linear adapter as in <see cref="EncoderTask"/>, so that the features stay ones that styles are told by.
/// </remarks>
internal sealed class EncoderStage : IDisposable
{
    // The decoder's layers have the same names.
    private const string Prefix = "encoder.";

    private readonly EncoderWeights _start;
    private readonly LayerChain _chain;
    private readonly TeacherChain _teacher;
    private readonly Lesson _lesson;
    private readonly double _weight;
    private readonly int _level;
    private readonly Backend _backend;

    /// <param name="start">The encoder; its layers up to the tap before stay as they are, and so does conv0.</param>
    /// <param name="parameters">Has <see cref="Trained"/>'s.</param>
    /// <param name="weight">Of the teacher's features.</param>
    internal EncoderStage(Backend backend, EncoderWeights start, int level, EncoderWeights teacher, double weight, ParameterSet parameters)
    {
        (_backend, _start, _level, _weight) = (backend, start, level, weight);
        _chain = new LayerChain(
            backend, Layers(level), start.Convolutions.ToDictionary(convolution => convolution.Name), parameters, inputGradient: false, Prefix);
        _teacher = new TeacherChain(backend, Taught(teacher, level), hints: false);
        _lesson = new Lesson(backend, Adapter(start, level, teacher), parameters);
    }

    /// <summary>What is trained: the layers, and the adapter that is dropped in the end.</summary>
    internal static IEnumerable<ConvolutionWeights> Trained(EncoderWeights start, int level, EncoderWeights teacher)
    {
        HashSet<string> trained = Names(level);
        return start.Convolutions.Where(layer => trained.Contains(layer.Name))
            .Select(layer => Named(layer, Prefix + layer.Name)).Append(Adapter(start, level, teacher));
    }

    /// <summary>Begins to measure what is taught; with it, a regression for the adapter.</summary>
    internal AdapterFit BeginMeasure()
    {
        _lesson.Variance = 0;
        return _lesson.BeginFit();
    }

    /// <summary>Takes one of some pictures into account.</summary>
    /// <param name="input">What the layers get of it.</param>
    /// <param name="share">The picture's, of all of them.</param>
    /// <param name="fit">Null where the adapter is not fitted.</param>
    internal void Measure(Tensor picture, Tensor input, double share, AdapterFit? fit)
    {
        using ForwardPass? pass = fit is null ? null : _chain.Forward(input);
        _teacher.Teach(picture, (_, taught) =>
        {
            _lesson.Variance += share * TapVariance.Of(_backend, [taught]);
            if (pass is not null)
                fit!.Add(pass.Last, taught);
        });
    }

    /// <summary>Takes the fitted adapter over.</summary>
    internal void Take(AdapterFit fit)
    {
        _lesson.Take(fit);
        _lesson.Refresh();
    }

    /// <summary>Runs the layers.</summary>
    /// <param name="input">The tap before; the picture at level 1.</param>
    internal ForwardPass Forward(Tensor input) => _chain.Forward(input);

    /// <summary>Adds the gradients of the layers.</summary>
    /// <param name="fromDecoder">With respect to the tap; disposed of.</param>
    /// <returns>The loss of the teacher's features, with both weights.</returns>
    internal double Backward(Tensor picture, ForwardPass pass, Tensor fromDecoder, double weight, float[] gradients)
    {
        double loss = 0;
        _teacher.Teach(picture, (_, taught) =>
        {
            loss = _lesson.Learn(pass.Last, taught, weight * _weight, gradients, out Tensor gradient);
            using (gradient)
                _backend.AddScaled(gradient, 1, fromDecoder);
        });
        _chain.Backward(pass, new Dictionary<string, Tensor> { [Vgg19.Tap(_level)] = fromDecoder }, gradients);
        return loss;
    }

    /// <summary>Takes over parameters that have changed.</summary>
    internal void Refresh()
    {
        _chain.Refresh();
        _lesson.Refresh();
    }

    /// <summary>The whole encoder as it is now: layers behind the level are the start's.</summary>
    internal EncoderWeights Encoder()
    {
        HashSet<string> trained = Names(_level);
        return new EncoderWeights(_start.Deepest, _start.Convolutions.Select(layer => trained.Contains(layer.Name) ? _chain.Weights(layer.Name) : layer));
    }

    public void Dispose()
    {
        _chain.Dispose();
        _teacher.Dispose();
        _lesson.Dispose();
    }

    private static Layer[] Layers(int level)
    {
        Layer[] layers = [.. Vgg19.Encoder(level)];
        return level == 1 ? layers : layers[(Array.FindIndex(layers, layer => layer.Name == Vgg19.Tap(level - 1)) + 1)..];
    }

    private static HashSet<string> Names(int level) => [.. Layers(level)
        .Where(layer => layer.Kind == LayerKind.Convolution && layer.Name != Vgg19.InputConvolution).Select(layer => layer.Name)];

    private static Teacher Taught(EncoderWeights teacher, int level) => new(teacher, [level], new Dictionary<int, ConvolutionWeights>());

    private static ConvolutionWeights Adapter(EncoderWeights start, int level, EncoderWeights teacher)
    {
        (int from, int to) = (start.TapChannels(level), teacher.TapChannels(level));
        return new ConvolutionWeights($"{Vgg19.Tap(level)}_adapter", to, from, 1, new float[from * to], new float[to]);
    }

    private static ConvolutionWeights Named(ConvolutionWeights layer, string name) =>
        new(name, layer.OutChannels, layer.InChannels, layer.KernelSize, layer.Weights, layer.Bias);
}
