using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Net.Pipeline;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Trains a feed-forward network: it makes a picture of each input, and the losses judge it.</summary>
public abstract class FeedForwardTask : ITrainingTask
{
    private const int MostWidth = 256, MostBlocks = 64;

    private readonly StyleNetworkModel _start;
    private readonly NetworkTaskOptions _options;
    private readonly LossNetwork _losses;
    private readonly TrainedNetwork _network;

    /// <param name="backend">The backend that trains.</param>
    /// <param name="start">The network with its starting weights.</param>
    /// <param name="losses">The terms of the loss.</param>
    /// <param name="options">What all trainings of networks have.</param>
    /// <param name="settings">What else the weights of a run depend on, for its description.</param>
    /// <exception cref="ArgumentException">A loss reads a tap that the loss network lacks, or no weight is above 0.</exception>
    private protected FeedForwardTask(
        TrainingBackend backend, StyleNetworkModel start, IReadOnlyList<WeightedLoss> losses, NetworkTaskOptions options,
        string settings = "")
    {
        (Backend, _start, _options, Losses) = (backend, start, options, losses);
        EncoderWeights encoder = options.LossNetwork ?? WctModel.LoadDefault().Levels[0].Encoder;
        _losses = new LossNetwork(backend, encoder, losses, options.Pooling);
        Parameters = NetworkParts.Parameters(start.Weights);
        _network = new TrainedNetwork(backend, start.Table, start.Weights, Parameters, inputGradient: false);
        SizeMultiple = Math.Max(start.SideGrain * start.Scale, _losses.SizeMultiple);
        Description = FormattableString.Invariant(
            $"{start.Kind} network {Fingerprint.Of([LayerText.Write(start.Table)])}, start {Fingerprint.Of(start.Weights.Convolutions)}, ")
            + $"loss network {Fingerprint.Of(encoder.Convolutions)} with {options.Pooling} pooling{settings}";
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
    // Its size is the size of all pictures.
    public int MeasuredPictures => 1;

    private protected TrainingBackend Backend { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A loss can't measure its targets.</exception>
    public void Measure(IReadOnlyList<Tensor> pictures, bool initialize)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        _losses.Prepare(pictures[0].Shape.Width, pictures[0].Shape.Height, null, style => style.ToRgb());
    }

    /// <inheritdoc/>
    public void Accumulate(Tensor picture, long index, double weight, Memory<float> gradients, LossValues losses)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(losses);
        using TargetSet targets = _losses.Targets(picture);
        double[] weighted = new double[Losses.Count];
        using Result result = Run(picture, index);
        Tensor gradient = _losses.Evaluate(result.Picture, targets.Targets, weight, weighted, Style(index), StyleShare(index));
        Scale(gradient, new SampleScale(_start.Conventions.Output.Factor, 0));
        _network.Backward(result.Pass, new Dictionary<string, Tensor> { [_start.Last] = gradient }, gradients, free: true);
        losses.Add(weighted);
    }

    /// <inheritdoc/>
    public void Refresh() => _network.Refresh();

    /// <inheritdoc/>
    public Tensor? Reconstruct(Tensor picture, long index)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using Result result = Run(picture, index);
        return Backend.CopyOf(result.Picture);
    }

    /// <summary>The network with its current weights.</summary>
    /// <returns>A copy of the weights.</returns>
    public StyleNetworkModel Network()
    {
        NetworkWeights weights = new(
            _start.Weights.Convolutions.Select(own => _network.Weights(own.Name)),
            _start.Weights.Normalizations.Select(own => _network.Normalization(own.Name)));
        return new StyleNetworkModel(_start.Kind, _start.Table, weights, _start.Conventions, _start.Styles)
        {
            Origin = _options.Origin,
            License = _options.License,
        };
    }

    /// <inheritdoc/>
    public void Save(string path) => Network().Save(path, _options.Half ? ElementType.F16 : ElementType.F32);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the networks.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _losses.Dispose();
        _network.Dispose();
    }

    /// <summary>The network's input, in 0..1, for a picture of the data.</summary>
    /// <returns>A tensor that the caller disposes of.</returns>
    private protected virtual Tensor Input(Tensor picture) => Backend.CopyOf(picture);

    /// <summary>The number of the style that a picture gets.</summary>
    private protected virtual int Style(long index) => 0;

    /// <summary>The share of the style's gradient that counts for a picture, above 0.</summary>
    private protected virtual double StyleShare(long index) => 1;

    /// <summary>Checks the sizes of a new network.</summary>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    private protected static int Checked(int width, int blocks = 0)
    {
        if (width is < 1 or > MostWidth)
            throw new ArgumentException($"The width is {width}; a network has 1 to {MostWidth} channels.", nameof(width));
        return blocks is >= 0 and <= MostBlocks ? width
            : throw new ArgumentException($"There are {blocks} residual blocks; a network has 0 to {MostBlocks}.", nameof(blocks));
    }

    /// <summary>Checks the network to train further; null if there is none.</summary>
    /// <exception cref="ArgumentException">It makes something else, or has another number of styles.</exception>
    private protected static StyleNetworkModel? Start(NetworkTaskOptions options, int styles = 1)
    {
        StyleNetworkModel? start = options.Start;
        if (start is not null && start.Kind != options.Kind)
        {
            throw new ArgumentException(
                $"The network to start from is for {start.Kind}; this training is for {options.Kind}.", nameof(options));
        }

        return start is null || start.StyleCount == styles ? start : throw new ArgumentException(
            $"The network to start from has {start.StyleCount} style{(start.StyleCount == 1 ? "" : "s")}, {styles} "
                + $"{(styles == 1 ? "is" : "are")} given.", nameof(options));
    }

    private Result Run(Tensor picture, long index)
    {
        Tensor input = Input(picture);
        ForwardPass? pass = null;
        try
        {
            Scale(input, _start.Conventions.Input);
            double[] styles = new double[_start.StyleCount];
            styles[Style(index)] = 1;
            pass = _network.Forward(input, null, new NetworkSettings(styles, (ulong)index));
            Tensor result = Backend.CopyOf(pass.Last);
            Scale(result, _start.Conventions.Output);
            return new Result(input, pass, result);
        }
        catch
        {
            pass?.Dispose();
            input.Dispose();
            throw;
        }
    }

    private void Scale(Tensor tensor, SampleScale scale)
    {
        if (scale == SampleScale.Identity)
            return;
        int channels = tensor.Shape.Channels;
        Backend.Normalize(
            tensor, new double[channels], [.. Enumerable.Repeat(scale.Factor, channels)], [.. Enumerable.Repeat(scale.Offset, channels)],
            Activation.None, tensor);
    }

    // The network's input, its pass, and the picture that it makes.
    private sealed record Result(Tensor Input, ForwardPass Pass, Tensor Picture) : IDisposable
    {
        public void Dispose()
        {
            Picture.Dispose();
            Pass.Dispose();
            Input.Dispose();
        }
    }
}
