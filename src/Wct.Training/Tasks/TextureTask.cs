using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Networks.Architectures;

namespace Wct.Training.Tasks;

/// <summary>Trains a network that makes textures of any size from noise (Ulyanov et al. 2016, "Texture Networks"). Its data are
/// <see cref="NoiseData"/>.</summary>
/// <remarks>Its normalizations use the statistics of each texture (instance normalization, Ulyanov et al. 2017). The paper's batch
/// normalization made textures whose loss differs more, and is twice as large.</remarks>
public sealed class TextureTask : FeedForwardTask
{
    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="style">The texture, in the size in which the network shall imitate it. Its bytes must not change while the task uses
    /// it.</param>
    /// <param name="options">Losses and layers; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, the loss network lacks a tap, or the network to start from isn't for
    /// textures.</exception>
    public TextureTask(TrainingBackend backend, PixelImage style, TextureTaskOptions? options = null)
        : base(
            backend ?? throw new ArgumentNullException(nameof(backend)), First(options ??= new TextureTaskOptions()),
            [
                new WeightedLoss(new RelativeLoss(new GramLoss(style, options.StyleTaps))),
                new WeightedLoss(new TotalVariationLoss(), options.VariationWeight),
            ],
            options)
    {
    }

    private static StyleNetworkModel First(TextureTaskOptions options) => Start(options)
        ?? Architecture.Pyramid(Checked(options.Width), null, options.Seed);
}
