using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>Squared distance from the results of earlier frames of a video, warped by the motion: (1/D)·Σ c·(x - w)² over all pixels and
/// colors, where D is their number. c is 1 where the earlier frame shows what x shows, otherwise 0
/// (<see cref="Net.FlowField.Consistency"/>). An older frame counts only where no nearer one is consistent.</summary>
/// <remarks>Ruder et al., "Artistic Style Transfer for Videos", 2016, sections 4.2 and 4.3: with one frame the short-term loss, with
/// several the long-term loss. At a smaller size, fields and results are resized, and c is between 0 and 1.</remarks>
public sealed class TemporalLoss : IPreparedLossTerm
{
    private readonly WarpedFrames _frames;

    /// <summary>Compares with the results of earlier frames.</summary>
    /// <param name="frames">At least one, the nearest first; all of the same size. They are resized to the optimized picture's
    /// size.</param>
    /// <param name="weight">The weight in lists that give no weights.</param>
    /// <param name="name">The name in logs, for lists with several losses of this kind.</param>
    /// <exception cref="ArgumentException">There is no frame, or a size differs.</exception>
    public TemporalLoss(IReadOnlyList<EarlierFrame> frames, double weight = 1, string name = "temporal")
    {
        _frames = new WarpedFrames(frames);
        (Weight, Name) = (weight, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; } = [LossTap.Picture];

    /// <inheritdoc/>
    public double Weight { get; }

    /// <inheritdoc/>
    public string Description => $"{Name} of {_frames.Description}";

    /// <inheritdoc/>
    public IDisposable Prepare(LossPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        return new TemporalTarget(preparation.Backend, _frames.At(preparation.Width, preparation.Height), preparation.Width);
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = context.Prepared<TemporalTarget>(this).Evaluate(context.Output(LossTap.Picture), weight, out Tensor gradient);
        context.AddGradient(LossTap.Picture, gradient);
        return loss;
    }

    // The mean of the warped results, and its weights.
    private sealed class TemporalTarget : IDisposable
    {
        private readonly TrainingBackend _backend;
        private readonly Tensor _mean, _weights;
        private readonly double _rest;

        internal TemporalTarget(TrainingBackend backend, WarpedPicture picture, int width)
        {
            TensorShape shape = new(3, picture.Weights.Length / width, width);
            (_backend, _mean, _weights) = (backend, backend.Allocate(shape), backend.Allocate(shape.WithChannels(1)));
            backend.Write(picture.Mean, _mean);
            backend.Write(picture.Weights, _weights);
            _rest = picture.Rest;
        }

        internal double Evaluate(Tensor picture, double weight, out Tensor gradient)
        {
            double scale = weight / picture.Shape.Length;
            gradient = _backend.Allocate(picture.Shape);
            using Tensor difference = _backend.Allocate(picture.Shape);
            _backend.SquaredError(picture, _mean, (float)(2 * scale), difference);
            _backend.AddWeighted(difference, _weights, gradient, accumulate: false);
            // The product is 4·scale²·Σ c·(x - m)².
            return _backend.Dot(difference, gradient) / (4 * scale) + scale * _rest;
        }

        public void Dispose()
        {
            _mean.Dispose();
            _weights.Dispose();
        }
    }
}
