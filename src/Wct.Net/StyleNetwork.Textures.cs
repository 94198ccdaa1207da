using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Net;

// Methods that make textures from noise.
public sealed partial class StyleNetwork
{
    /// <summary>Makes a texture.</summary>
    /// <param name="width">Pixels per row, at least 1. If both sides are multiples of the network's grain, for example 16, a network with
    /// circular padding makes a texture that repeats without a seam.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture in RGB.</returns>
    /// <exception cref="InvalidOperationException">The network doesn't make textures.</exception>
    /// <exception cref="ArgumentException">A side is below 1, an option is out of range, the number of style weights isn't that of the
    /// network's styles, the memory budget is too small (the message gives what is needed), or the texture needs more bytes than an array
    /// holds.</exception>
    /// <exception cref="InsufficientMemoryException">The texture needs more memory than the process or the device can have.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <remarks>Ulyanov et al. 2016, "Texture Networks". The network's input is noise, and so are those of its
    /// <see cref="Models.Layers.NoiseLayer"/>s.</remarks>
    public PixelImage Synthesize(
        int width, int height, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        NetworkSettings settings = Checked(options, isTexture: true);
        if (width < 1 || height < 1)
        {
            throw new ArgumentException(
                $"The texture is {width}x{height} pixels; both sides must be at least 1.", width < 1 ? nameof(width) : nameof(height));
        }

        NetworkPlan plan = Planner(options).Plan(width, height, ResultBytes(width, height, PixelLayout.Rgb24));
        PixelImage result = new(width, height, PixelLayout.Rgb24);
        using Tensor image = _backend.Allocate(plan.Input);
        NoiseMap.Fill(_backend, image, settings.Seed, Model.Table.Input, settings.NoiseScale);
        RunWhole(image, settings, result, Meter(progress, _network.Operations(plan.Input, Model.Last)), cancellationToken);
        return result;
    }

    /// <summary>Makes a texture, and writes it row by row.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="result">Receives the texture in RGB after all of it was computed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    /// <remarks>Throws the same exceptions as the method that returns the texture.</remarks>
    public void Synthesize(
        int width, int height, IPixelWriter result, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        result.WriteRows(Synthesize(width, height, options, progress, cancellationToken).Bytes);
    }
}
