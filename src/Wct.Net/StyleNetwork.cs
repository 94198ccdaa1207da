using Wct.Kernels;
using Wct.Net.Devices;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Net;

/// <summary>A feed-forward network: stylizes or enlarges a photo, or makes a texture, in one pass. It was trained for its styles.</summary>
/// <remarks>
/// Johnson et al. 2016, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution"; several styles in one network: Dumoulin et
/// al. 2017; textures: Ulyanov et al. 2016. Weights are packed once. Safe for use by several threads at once. After <see cref="Dispose"/>,
/// every method for pictures throws <see cref="ObjectDisposedException"/>.
/// <para>Exceptions of the application's own progress reports, readers and writers pass through unchanged.</para>
/// <para>The colors of hidden pixels, those with alpha 0, have no effect: they get colors that continue from the visible ones before the
/// network runs. A result has the photo's alpha.</para>
/// </remarks>
public sealed partial class StyleNetwork : IDisposable
{
    private const int ImageChannels = 3;

    private readonly Backend _backend;
    private readonly Network _network;
    private readonly UsageGate _gate;
    private readonly bool _ownsBackend;

    /// <summary>Prepares a network for use on a device.</summary>
    /// <param name="model">The network. Several instances may share it.</param>
    /// <param name="options">Options; null for the defaults. Eigensolver, warnings and the queue are not used.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    public StyleNetwork(StyleNetworkModel model, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _backend = DeviceSelection.Open(options ?? new LoadOptions());
        _ownsBackend = options?.Backend is null;
        _network = new Network(_backend, model.Table, model.Weights, ImageChannels, [model.Last]);
        _gate = new UsageGate(nameof(StyleNetwork), Free);
    }

    /// <summary>The network.</summary>
    public StyleNetworkModel Model { get; }

    /// <summary>The name of the device or backend that computes, for display.</summary>
    public string Device => _backend.Name;

    /// <summary>Loads a network file.</summary>
    /// <param name="path">What <see cref="StyleNetworkModel.Load(string)"/> reads.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="Weights.WeightsFormatException">The file does not hold such a network.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    public static StyleNetwork Load(string path, LoadOptions? options = null) => new(StyleNetworkModel.Load(path), options);

    /// <summary>Loads a network file from a stream, from its current position to its end.</summary>
    /// <param name="stream">The content of such a file, at most 2 GB.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="Weights.WeightsFormatException">The stream does not hold such a network.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static StyleNetwork Load(Stream stream, LoadOptions? options = null) => new(StyleNetworkModel.Load(stream), options);

    /// <summary>Runs the network on a photo.</summary>
    /// <param name="photo">The photo, of any size.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the photo's size times <see cref="StyleNetworkModel.Scale"/>, its layout (RGB for a gray photo), and its
    /// alpha.</returns>
    /// <exception cref="InvalidOperationException">The network makes textures.</exception>
    /// <exception cref="ArgumentException">There is no photo, an option is out of range, the number of style weights isn't that of the
    /// network's styles, the memory budget is too small (the message gives what is needed), or the result needs more bytes than an array
    /// holds.</exception>
    /// <exception cref="OverflowException">A side of the result is above 2^31 - 1.</exception>
    /// <exception cref="InsufficientMemoryException">The photo needs more memory than the process or the device can have.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public PixelImage Apply(
        Pixels photo, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return Apply(photo, ResultLayout(photo.Layout), options, progress, cancellationToken);
    }

    /// <summary>Runs the network on a photo that is read row by row. The photo and the result are held in memory.</summary>
    /// <param name="photo">The photo, of any size.</param>
    /// <param name="result">Receives the picture after all of it was computed. It has the photo's size times
    /// <see cref="StyleNetworkModel.Scale"/>, its layout (RGB for a gray photo), and its alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="photo"/> or <paramref name="result"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The network makes textures.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the number of style weights isn't that of the network's styles, the
    /// memory budget is too small (the message gives what is needed), or the photo or the result needs more bytes than an array
    /// holds.</exception>
    /// <exception cref="OverflowException">A side of the result is above 2^31 - 1.</exception>
    /// <exception cref="InsufficientMemoryException">The photo needs more memory than the process or the device can have.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void Apply(
        IPixelReader photo, IPixelWriter result, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        NetworkSettings settings = Checked(options, isTexture: false);
        PixelLayout layout = ResultLayout(photo.Layout);
        // The whole photo is in memory together with what its reader holds, and then with the result.
        long outside = ResultBytes(photo.Width, photo.Height, layout) + PhotoBytes(photo.Width, photo.Height, photo.Layout);
        NetworkPlan plan = Planner(options).Plan(photo.Width, photo.Height, outside + photo.HeldBytes);
        photo.Limit(Math.Max(0, plan.Left));
        PixelImage made = new(Scaled(photo.Width), Scaled(photo.Height), layout);
        PixelImage whole = new(photo.Width, photo.Height, photo.Layout);
        photo.ReadRows(whole.Bytes);
        Apply(whole, plan, settings, made, progress, cancellationToken);
        result.WriteRows(made.Bytes);
    }

    /// <summary>Frees the network after the calls that are running have ended.</summary>
    public void Dispose() => _gate.Close();

    /// <summary>Runs the network on a photo, and gives the result a layout with colors.</summary>
    internal PixelImage Apply(
        Pixels photo, PixelLayout layout, StyleNetworkOptions? options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        NetworkSettings settings = Checked(options, isTexture: false);
        if (photo.Width < 1)
            throw new ArgumentException("There is no photo.", nameof(photo));
        long outside = ResultBytes(photo.Width, photo.Height, layout) + PhotoBytes(photo.Width, photo.Height, photo.Layout);
        NetworkPlan plan = Planner(options).Plan(photo.Width, photo.Height, outside);
        PixelImage result = new(Scaled(photo.Width), Scaled(photo.Height), layout);
        Apply(photo, plan, settings, result, progress, cancellationToken);
        return result;
    }

    private NetworkPlanner Planner(StyleNetworkOptions? options) => new(_backend, _network, Model, options?.MaxMemory);

    private static PixelLayout ResultLayout(PixelLayout photo) => photo == PixelLayout.Gray8 ? PixelLayout.Rgb24 : photo;

    // The photo, and its copy if hidden or premultiplied colors must be replaced.
    private static long PhotoBytes(int width, int height, PixelLayout layout) =>
        (long)width * height * layout.BytesPerPixel() * (layout.HasAlpha() ? 2 : 1);

    private long ResultBytes(int width, int height, PixelLayout layout) =>
        (long)Scaled(width) * Scaled(height) * layout.BytesPerPixel();

    private int Scaled(int side) => checked(side * Model.Scale);

    private NetworkSettings Checked(StyleNetworkOptions? options, bool isTexture)
    {
        options ??= new StyleNetworkOptions();
        if (isTexture != (Model.Kind == StyleNetworkKind.Texture))
        {
            throw new InvalidOperationException(isTexture
                ? "The network makes pictures of photos, not textures; Apply runs it."
                : "The network makes textures from noise, not pictures of photos; Synthesize runs it.");
        }

        if (!(options.NoiseScale >= 0 && double.IsFinite(options.NoiseScale)))
            throw new ArgumentException(
                FormattableString.Invariant($"The noise scale is {options.NoiseScale}; it must be at least 0."), nameof(options));
        return new NetworkSettings(Model.Normalized(options.StyleWeights), options.Seed, options.NoiseScale);
    }

    private void Free()
    {
        _network.Dispose();
        if (_ownsBackend)
            _backend.Dispose();
    }
}
