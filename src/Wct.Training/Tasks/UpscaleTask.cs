using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Networks.Architectures;

namespace Wct.Training.Tasks;

/// <summary>Trains a network that makes pictures four times as large (Johnson et al. 2016, section 4.2). It gets reduced pictures, and
/// learns to restore them.</summary>
public sealed class UpscaleTask : FeedForwardTask
{
    private readonly int _scale;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="options">Losses and layers; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, the loss network lacks a tap, or the network to start from isn't for
    /// enlarging.</exception>
    public UpscaleTask(TrainingBackend backend, UpscaleTaskOptions? options = null)
        : this(backend ?? throw new ArgumentNullException(nameof(backend)), options ??= new UpscaleTaskOptions(), First(options))
    {
    }

    private UpscaleTask(TrainingBackend backend, UpscaleTaskOptions options, StyleNetworkModel start)
        : base(
            backend, start,
            [
                new WeightedLoss(new PixelLoss(), options.PixelWeight),
                new WeightedLoss(new RelativeFeatureLoss(options.Taps, FeatureLoss.DefaultName), options.FeatureWeight),
                new WeightedLoss(new TotalVariationLoss(), options.VariationWeight),
            ],
            options) => _scale = start.Scale;

    // Bicubic, as pictures usually are reduced.
    private protected override Tensor Input(Tensor picture)
    {
        (int height, int width) = (picture.Shape.Height, picture.Shape.Width);
        PixelImage large = new(width, height, PixelLayout.Rgb24);
        Backend.StorePixels(picture, large.Bytes, width, height, large.Stride, large.Layout);
        return Data.Crop.Load(Backend, Resizing.To((Pixels)large, width / _scale, height / _scale));
    }

    private static StyleNetworkModel First(UpscaleTaskOptions options) => Start(options)
        ?? Architecture.Upscaling(Checked(options.Width, options.Blocks), options.Blocks, options.Seed);
}
