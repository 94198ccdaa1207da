using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>The layers that one level adds to the encoder, from the tap before to its own; trained with the level's decoder.</summary>
/// <remarks>
/// Shallower levels don't use these layers; deeper ones start with them. The decoder's loss makes them keep what the decoder needs. The
/// distillation loss keeps their features like the teacher's, so that statistics of them still describe a style.
/// </remarks>
internal sealed class EncoderBlock : IDisposable
{
    // The decoder's layers have the same names.
    private const string Prefix = "encoder.";

    private readonly TrainingBackend _backend;
    private readonly EncoderWeights _start;
    private readonly TrainedNetwork _network;
    private readonly TeacherNetwork _teacher;
    private readonly DistillationLoss _distillation;
    private readonly int _level;

    /// <summary>Prepares the layers and the teacher.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="start">The encoder; conv0 and the layers up to the tap before stay fixed.</param>
    /// <param name="level">The level, in 1..5.</param>
    /// <param name="teacher">Its features at the level's tap are the target.</param>
    /// <param name="weight">The weight of the distillation loss.</param>
    /// <param name="parameters">Contains those of <see cref="Trained"/>.</param>
    internal EncoderBlock(
        TrainingBackend backend, EncoderWeights start, int level, EncoderWeights teacher, double weight, ParameterSet parameters)
    {
        (_backend, _start, _level) = (backend, start, level);
        _network = new TrainedNetwork(
            backend, Table(level), start.Convolutions.ToDictionary(layer => layer.Name), parameters, inputGradient: false, Prefix);
        _teacher = new TeacherNetwork(backend, new Teacher(teacher, [level]), hints: false);
        _distillation = new DistillationLoss("teacher", [new Adapter(backend, Tap, Tap, AdapterStart(start, level, teacher), parameters)]);
        Loss = new WeightedLoss(_distillation, weight);
    }

    /// <summary>The distillation loss.</summary>
    internal WeightedLoss Loss { get; }

    private string Tap => LossTap.Level(_level);

    /// <summary>The trained convolutions: the layers, and the adapter, which is dropped after training.</summary>
    internal static IEnumerable<ConvolutionWeights> Trained(EncoderWeights start, int level, EncoderWeights teacher)
    {
        HashSet<string> trained = Names(level);
        return start.Convolutions.Where(layer => trained.Contains(layer.Name))
            .Select(layer => layer.Renamed(Prefix + layer.Name)).Append(AdapterStart(start, level, teacher));
    }

    /// <summary>Begins to measure the teacher's features, and to fit the adapter.</summary>
    internal void BeginMeasure()
    {
        _distillation.BeginMeasure();
        _distillation.BeginFit();
    }

    /// <summary>Measures one picture.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="input">The input of the layers.</param>
    /// <param name="share">1 / number of pictures.</param>
    /// <param name="fit">Whether the adapter is fitted.</param>
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

    /// <summary>Gives the adapter its fitted weights.</summary>
    internal void EndFit() => _distillation.EndFit();

    /// <summary>Runs the layers.</summary>
    /// <param name="input">Features at the tap before; the picture at level 1.</param>
    internal ForwardPass Forward(Tensor input) => _network.Forward(input);

    /// <summary>Adds the gradients of the layers and of the adapter.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="pass">The forward pass.</param>
    /// <param name="fromDecoder">Gradient with respect to the tap; the method disposes of it.</param>
    /// <param name="weight">The picture's weight in the batch.</param>
    /// <param name="gradients">As long as the parameter set.</param>
    /// <returns>The distillation loss, times both weights.</returns>
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

    /// <summary>The whole encoder with the current weights; layers beyond the level are those of the start.</summary>
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

    // Zeros until the adapter is fitted.
    private static ConvolutionWeights AdapterStart(EncoderWeights start, int level, EncoderWeights teacher)
    {
        (int from, int to) = (start.TapChannels(level), teacher.TapChannels(level));
        return new ConvolutionWeights($"{Vgg19.Tap(level)}_adapter", to, from, 1, new float[from * to], new float[to]);
    }
}
