using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains the layers that one level adds to the encoder, from the previous tap to the level's tap. They are trained together with
/// the level's decoder.</summary>
/// <remarks>
/// Shallower levels don't use these layers; deeper levels start with them. The decoder's loss preserves the information that the decoder
/// needs. The distillation loss keeps the features similar to the teacher's, so that their statistics still describe a style.
/// </remarks>
internal sealed class EncoderBlock : IDisposable
{
    // Needed because the decoder's layers have the same names.
    private const string Prefix = "encoder.";

    private readonly TrainingBackend _backend;
    private readonly EncoderWeights _start;
    private readonly TrainedNetwork _network;
    private readonly TeacherNetwork _teacher;
    private readonly DistillationLoss _distillation;
    private readonly int _level;

    /// <summary>Prepares the layers and the teacher.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="start">The encoder. Its conv0 and the layers up to the previous tap stay fixed.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="teacher">The teacher. Its features at the level's tap are the target.</param>
    /// <param name="weight">The weight of the distillation loss.</param>
    /// <param name="parameters">Contains the parameters of <see cref="Trained"/>.</param>
    internal EncoderBlock(
        TrainingBackend backend, EncoderWeights start, int level, EncoderWeights teacher, double weight, ParameterSet parameters)
    {
        (_backend, _start, _level) = (backend, start, level);
        _network = new TrainedNetwork(
            backend, Table(level), new NetworkWeights(start.Convolutions), parameters, inputGradient: false, Prefix);
        _teacher = new TeacherNetwork(backend, new Teacher(teacher, [level]), hints: false);
        _distillation = new DistillationLoss("teacher", [new Adapter(backend, Tap, Tap, AdapterStart(start, level, teacher), parameters)]);
        Loss = new WeightedLoss(_distillation, weight);
    }

    /// <summary>The distillation loss.</summary>
    internal WeightedLoss Loss { get; }

    private string Tap => LossTap.Level(_level);

    /// <summary>The trained convolutions: the layers and the adapter. The adapter is dropped after training.</summary>
    internal static IEnumerable<ConvolutionWeights> Trained(EncoderWeights start, int level, EncoderWeights teacher)
    {
        HashSet<string> trained = Names(level);
        return start.Convolutions.Where(layer => trained.Contains(layer.Name))
            .Select(layer => layer.Renamed(Prefix + layer.Name)).Append(AdapterStart(start, level, teacher));
    }

    /// <summary>Begins the measurement of the teacher's features, and the regression of the adapter.</summary>
    internal void BeginMeasure()
    {
        _distillation.BeginMeasure();
        _distillation.BeginFit();
    }

    /// <summary>Measures one picture.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="input">The input of the layers.</param>
    /// <param name="share">1 / number of pictures.</param>
    /// <param name="fit">Whether to add the picture to the adapter's regression.</param>
    internal void Measure(Tensor picture, Tensor input, double share, bool fit)
    {
        using TargetSet targets = Targets(picture);
        _distillation.Measure(targets.Targets, share);
        if (!fit)
            return;
        using ForwardPass pass = _network.Forward(input);
        using LossContext context = Context(targets, pass, default);
        _distillation.Fit(context);
    }

    /// <summary>Sets the adapter's weights to the result of the regression.</summary>
    internal void EndFit() => _distillation.EndFit();

    /// <summary>Runs the layers.</summary>
    /// <param name="input">Features at the previous tap; at level 1 the picture.</param>
    internal ForwardPass Forward(Tensor input) => _network.Forward(input);

    /// <summary>Adds the gradients of the layers and of the adapter.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="pass">The forward pass.</param>
    /// <param name="fromDecoder">Gradient with respect to the tap; the method disposes of it.</param>
    /// <param name="weight">The picture's weight in the batch.</param>
    /// <param name="gradients">As long as the parameter set.</param>
    /// <returns>The distillation loss, multiplied by its weight and the picture's weight.</returns>
    internal double Backward(Tensor picture, ForwardPass pass, Tensor fromDecoder, double weight, Memory<float> gradients)
    {
        using TargetSet targets = Targets(picture);
        using LossContext context = Context(targets, pass, gradients);
        context.AddGradient(Tap, fromDecoder);
        double loss = Loss.Weight > 0 ? _distillation.Evaluate(context, weight * Loss.Weight) : 0;
        _network.Backward(pass, context.TakeFeatureGradients(), gradients);
        return loss;
    }

    /// <summary>Packs the parameters again after they changed.</summary>
    internal void Refresh()
    {
        _network.Refresh();
        _distillation.Refresh();
    }

    /// <summary>Returns the complete encoder with the current weights. Layers deeper than the level have their starting weights.</summary>
    internal EncoderWeights Encoder()
    {
        HashSet<string> trained = Names(_level);
        return new EncoderWeights(
            _start.Deepest, _start.Convolutions.Select(layer => trained.Contains(layer.Name) ? _network.Weights(layer.Name) : layer));
    }

    public void Dispose()
    {
        _network.Dispose();
        _teacher.Dispose();
        _distillation.Dispose();
    }

    private TargetSet Targets(Tensor picture)
    {
        TargetSet targets = new(_backend);
        _teacher.AddTargets(picture, targets);
        return targets;
    }

    private LossContext Context(TargetSet targets, ForwardPass pass, Memory<float> gradients) =>
        new(targets.Targets, new Dictionary<string, Tensor> { [Tap] = pass.Last }) { ParameterGradients = gradients };

    private static NetworkTable Table(int level)
    {
        NetworkTable whole = Vgg19.Encoder(level);
        return level == 1 ? whole : whole.After(Vgg19.Tap(level - 1));
    }

    private static HashSet<string> Names(int level) => [.. Table(level).Convolutions.Where(name => name != Vgg19.InputConvolution)];

    // The adapter's weights are zero until it is fitted.
    private static ConvolutionWeights AdapterStart(EncoderWeights start, int level, EncoderWeights teacher)
    {
        (int from, int to) = (start.TapChannels(level), teacher.TapChannels(level));
        return new ConvolutionWeights($"{Vgg19.Tap(level)}_adapter", to, from, 1, new float[from * to], new float[to]);
    }
}
