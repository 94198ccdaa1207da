using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Devices;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>Universal style transfer: a photo and a painting go in, the photo in the painting's style comes out.</summary>
/// <remarks>
/// Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017. Safe for use by several threads at once. After
/// <see cref="Dispose"/>, every method throws <see cref="ObjectDisposedException"/>.
/// <para>
/// Where alpha is 0, a color doesn't count: the statistics of contents and styles are those of the visible pixels, and the networks see
/// colors there that go on smoothly from the visible ones. So two pictures that differ only in hidden colors give the same result, to the
/// last byte.
/// In a result, hidden pixels have the stylized colors that go on from the visible ones; in a premultiplied format they are 0.
/// </para>
/// </remarks>
public sealed partial class StyleTransfer : IDisposable
{
    private readonly Backend _backend;
    private readonly Cascade _cascade;
    private readonly UsageGate _gate;
    private readonly Action<string>? _warning;
    private readonly bool _ownsBackend;
    private int _warnedOfBudget;

    /// <summary>Makes a model ready for use.</summary>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <exception cref="ArgumentException">A <see cref="LoadOptions.Backend"/>, and another choice of what computes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="DeviceUnavailableException">A device asked for by name isn't there, or doesn't work.</exception>
    public StyleTransfer(WctModel model, LoadOptions? options = null)
        : this(
            model ?? throw new ArgumentNullException(nameof(model)), DeviceSelection.Open(options ?? new LoadOptions()), options?.OnWarning,
            options?.Eigensolver, ownsBackend: options?.Backend is null)
    {
    }

    internal StyleTransfer(
        WctModel model, Backend backend, Action<string>? warning = null, IEigensolver? eigensolver = null, bool ownsBackend = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, _backend, _warning, _ownsBackend) = (model, backend, warning, ownsBackend);
        _cascade = new Cascade(backend, model, eigensolver);
        _gate = new UsageGate(nameof(StyleTransfer), Free);
    }

    /// <summary>The networks.</summary>
    public WctModel Model { get; }

    /// <summary>What computes, for people.</summary>
    public string Device => _backend.Name;

    /// <summary>Loads the model that the library carries.</summary>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="DeviceUnavailableException">A device asked for by name isn't there, or doesn't work.</exception>
    public static StyleTransfer Load(LoadOptions? options = null) => new(WctModel.LoadDefault(), options);

    /// <summary>Loads a model file, or a folder of published networks.</summary>
    /// <param name="path">A model file (.safetensors) or a folder with the published names.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <exception cref="IOException">The path can't be read; the message names it.</exception>
    /// <exception cref="Weights.WeightsFormatException">A file is damaged or no such network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="DeviceUnavailableException">A device asked for by name isn't there, or doesn't work.</exception>
    public static StyleTransfer Load(string path, LoadOptions? options = null) => new(WctModel.Load(path), options);

    /// <summary>Loads a model file from a stream, from where it stands to its end.</summary>
    /// <param name="stream">What <see cref="WctModel.Save"/> wrote to a file, at most 2 GB.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <exception cref="Weights.WeightsFormatException">It is damaged, or no model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="DeviceUnavailableException">A device asked for by name isn't there, or doesn't work.</exception>
    public static StyleTransfer Load(Stream stream, LoadOptions? options = null) => new(WctModel.Load(stream), options);

    /// <summary>Measures a style.</summary>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Levels to measure, memory, and the transform to prepare for; null for the defaults. The strength plays no
    /// part.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">A level that the model lacks, a budget of memory that is too small (the message names the
    /// least), or a style
    /// without a visible pixel.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that the picture needs at least.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        return Prepare(new HostSource(_backend, style), style.Bytes.Length, options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture of the content's size and layout (RGB for a gray content); alpha is the content's.</returns>
    /// <exception cref="ArgumentException">A strength outside 0..1, a level that the model lacks, a budget of memory that is too small, or
    /// a style without a
    /// visible pixel.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that a picture needs at least.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PixelImage Stylize(
        Pixels content, Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options);
        long result = Bytes(content.Width, content.Height, ResultLayout(content.Layout));
        TilePlanner planner = Planner(options?.MaxMemory, content.Bytes.Length + style.Bytes.Length + result);
        PicturePlan? stylePlan = planner.Style(Extended(style), settings.Levels),
            plan = planner.Content(Extended(content), settings.Levels);
        WorkMeter meter =
            new(MeasureWork(Extended(style), settings.Levels, stylePlan) + RunWork(Extended(content), settings.Levels, plan), progress);
        PreparedStyle measured = Measure(new HostSource(_backend, style), settings.Levels, stylePlan, meter, cancellationToken);
        StyleMoments.Begin(_backend, settings.Transform, settings.Levels.Select(level => measured.Moments[level]));
        return Stylize(content, measured, settings, plan, meter, cancellationToken);
    }

    /// <summary>Stylizes a picture with a style measured before.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From <see cref="PrepareStyle(Pixels, StylizeOptions?, IProgress{StylizeProgress}?, CancellationToken)"/> of a
    /// model with the same encoders, or from <see cref="PreparedStyle.Load(string, WctModel)"/>.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture of the content's size and layout (RGB for a gray content); alpha is the content's.</returns>
    /// <exception cref="ArgumentException">A strength outside 0..1, a level that the model lacks, or at which the style was not measured,
    /// or a budget of memory that is too small.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that the picture needs at least.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PixelImage Stylize(
        Pixels content, PreparedStyle style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, style);
        long result = Bytes(content.Width, content.Height, ResultLayout(content.Layout));
        PicturePlan? plan = Planner(options?.MaxMemory, content.Bytes.Length + result).Content(Extended(content), settings.Levels);
        WorkMeter meter = new(RunWork(Extended(content), settings.Levels, plan), progress);
        return Stylize(content, style, settings, plan, meter, cancellationToken);
    }

    /// <summary>Stylizes a picture into memory of the caller's.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From <see cref="PrepareStyle(Pixels, StylizeOptions?, IProgress{StylizeProgress}?, CancellationToken)"/> of a
    /// model with the same encoders, or from <see cref="PreparedStyle.Load(string, WctModel)"/>.</param>
    /// <param name="destination">Receives a picture of the content's size; may be the content's own memory if stride and pixel size are the
    /// same.</param>
    /// <param name="stride">Bytes from one of its rows to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 where the content has none.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or at which the style was not measured, a budget of memory that is too small,
    /// a destination too small, or one that overlaps the content differently.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that the picture needs at least.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is untouched.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, Span<byte> destination, int stride, PixelLayout layout, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, style);
        stride = PixelRows.Check(destination.Length, content.Width, content.Height, stride, layout, nameof(destination));
        if (!InPlace.IsSafe(content, destination, stride, layout))
            throw new ArgumentException(
                "The destination overlaps the content without being the same picture in memory.", nameof(destination));
        long outside = content.Bytes.Length + (content.Bytes.Overlaps(destination) ? 0 : destination.Length);
        PicturePlan? plan = Planner(options?.MaxMemory, outside).Content(Extended(content), settings.Levels);
        WorkMeter meter = new(RunWork(Extended(content), settings.Levels, plan), progress);
        Paint(
            new HostSource(_backend, content), style, settings, new HostTarget(_backend, content, destination, stride, layout), plan, meter,
            cancellationToken);
    }

    /// <summary>Refuses new calls and returns at once; threads and memory are freed when the last call under way ends. A
    /// <see cref="LoadOptions.Backend"/> is left alone.</summary>
    public void Dispose() => _gate.Close();

    private void Free()
    {
        _cascade.Dispose();
        if (_ownsBackend)
            _backend.Dispose();
    }
}
