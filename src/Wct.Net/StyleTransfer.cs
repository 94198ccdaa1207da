using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Calls;
using Wct.Net.Devices;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>Universal style transfer: renders a photo in the style of a painting.</summary>
/// <remarks>
/// Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017. Safe for use by several threads at once. After
/// <see cref="Dispose"/>, every method for pictures throws <see cref="ObjectDisposedException"/>.
/// <para>
/// Exceptions of the application's own code pass through unchanged: progress reports, warnings, transforms, eigensolvers, readers and
/// writers. If the environment variable WCT_ISA is set, but not to a vector width of this machine, work on the host throws
/// <see cref="NotSupportedException"/>.
/// </para>
/// <para>
/// Methods whose names end in Async return at once. One background thread of the transfer runs their calls one after the other, first come
/// first served, so up to <see cref="LoadOptions.MaxQueue"/> calls can wait without using threads of the pool. The thread starts with the
/// first call and ends after <see cref="Dispose"/>. These methods throw exceptions for wrong arguments themselves. All others arrive in the
/// task, also those that depend on a picture's size, on the memory, or on the model that measured a style. Until the task has ended, the
/// caller must not change the pictures. A call that waits is canceled at once, and then its pictures can be collected.
/// </para>
/// <para>
/// Progress reports, warnings, readers, writers and other code of the application that runs on this thread must not wait for another
/// asynchronous call of the same transfer, which can't begin before this one has ended. Synchronous methods are possible. A
/// <see cref="Progress{T}"/> that was created without a synchronization context reports on threads of the pool; its reports may arrive out
/// of order, and after the task has ended.
/// </para>
/// <para>
/// The colors of hidden pixels, those with alpha 0, have no effect. The statistics of contents and styles use only the visible pixels, and
/// before the networks run, hidden pixels get colors that continue smoothly from the visible ones. So two pictures that differ only in
/// hidden colors give the same result, to the last byte. In a result, hidden pixels have stylized colors that continue from the visible
/// ones; in a premultiplied format they are 0.
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

    /// <summary>Prepares a model for use on a device.</summary>
    /// <param name="model">The networks. Several transfers may share them.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads or <see cref="LoadOptions.MaxQueue"/> is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    public StyleTransfer(WctModel model, LoadOptions? options = null)
        : this(
            model ?? throw new ArgumentNullException(nameof(model)), DeviceSelection.Open(Checked(options ?? new LoadOptions())),
            options?.OnWarning, options?.Eigensolver, ownsBackend: options?.Backend is null,
            options?.MaxQueue ?? LoadOptions.DefaultMaxQueue)
    {
    }

    internal StyleTransfer(
        WctModel model, Backend backend, Action<string>? warning = null, IEigensolver? eigensolver = null, bool ownsBackend = true,
        int maxQueue = LoadOptions.DefaultMaxQueue)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, _backend, _warning, _ownsBackend) = (model, backend, warning, ownsBackend);
        _cascade = new Cascade(backend, model, eigensolver);
        _gate = new UsageGate(nameof(StyleTransfer), Free);
        _calls = new CallQueue(nameof(StyleTransfer), maxQueue);
    }

    /// <summary>The networks.</summary>
    public WctModel Model { get; }

    /// <summary>The name of the device or backend that computes, for display.</summary>
    public string Device => _backend.Name;

    /// <summary>Loads the model that is built into the library.</summary>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads or <see cref="LoadOptions.MaxQueue"/> is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    /// <exception cref="FileNotFoundException">This build of the library has no built-in model.</exception>
    public static StyleTransfer Load(LoadOptions? options = null) => new(WctModel.LoadDefault(), options);

    /// <summary>Loads a model file, or a folder of published networks.</summary>
    /// <param name="path">A model file (.safetensors) or a folder with the published names.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="IOException">The path can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    /// <exception cref="Weights.WeightsFormatException">A file is damaged or does not hold such a network.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads or <see cref="LoadOptions.MaxQueue"/> is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    public static StyleTransfer Load(string path, LoadOptions? options = null) => new(WctModel.Load(path), options);

    /// <summary>Loads a model file from a stream, from its current position to its end.</summary>
    /// <param name="stream">The content of a file that <see cref="WctModel.Save"/> wrote, at most 2 GB.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="Weights.WeightsFormatException">The data is damaged or is not a model.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadOptions.Backend"/> is given together with a device, a number of threads or a
    /// precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads or <see cref="LoadOptions.MaxQueue"/> is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    /// <exception cref="NotSupportedException">The CPU computes, and the environment variable WCT_ISA is set, but not to a vector width of
    /// this machine.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static StyleTransfer Load(Stream stream, LoadOptions? options = null) => new(WctModel.Load(stream), options);

    /// <summary>Measures a style.</summary>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transform to prepare for; null for the defaults. The
    /// strength is checked, but not used.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks, the memory budget is too small (the message gives the minimum), or the style is too large or has no
    /// visible pixel.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return PrepareStyle(style, default(StylePreparation), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks, the memory budget is too small (the message gives the minimum), a picture is too large, the style has no
    /// visible pixel, or the result of a gray content needs more bytes than an array holds.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">A picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public PixelImage Stylize(
        Pixels content, Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        long bytes = Bytes(content.Width, content.Height, ResultLayout(content.Layout));
        PreparedStyle measured = MeasureFor(
            content, style, bytes, options, progress, out RunSettings settings, out PicturePlan? plan, out WorkMeter meter,
            cancellationToken);
        return Stylize(content, [new StyleUse(measured)], settings, plan, meter, cancellationToken);
    }

    /// <summary>Stylizes a picture with a style that was measured before.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">From <see cref="PrepareStyle(Pixels, StylizeOptions?, IProgress{StylizeProgress}?, CancellationToken)"/> of a
    /// model with the same encoders, or from <see cref="PreparedStyle.Load(string, WctModel)"/>.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks or at which the style was not measured, the memory budget is too small (the message gives the minimum), the content
    /// is too large, or the result of a gray content needs more bytes than an array holds.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public PixelImage Stylize(
        Pixels content, PreparedStyle style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        return Stylize(content, [new StyleUse(style)], Check(options, style), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture into memory of the caller, with a style that was measured before.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">From <see cref="PrepareStyle(Pixels, StylizeOptions?, IProgress{StylizeProgress}?, CancellationToken)"/> of a
    /// model with the same encoders, or from <see cref="PreparedStyle.Load(string, WctModel)"/>.</param>
    /// <param name="destination">Receives a picture of the content's size. May be the content's own memory if stride and pixel size are the
    /// same.</param>
    /// <param name="stride">Bytes from one of its rows to the next, at least a row's bytes; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 if the content has none.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks or at which the style was not measured, the memory budget is too small (the message gives the minimum), the content
    /// is too large, the layout is not defined, the stride is shorter than a row, or the destination is too small or overlaps the content
    /// without being the same picture.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, Span<byte> destination, int stride, PixelLayout layout, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        Stylize(
            content, [new StyleUse(style)], destination, stride, layout, Check(options, style), options, progress, cancellationToken);
    }

    private PixelImage Stylize(
        Pixels content, StyleUse[] styles, RunSettings settings, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        long outside = content.Bytes.Length + Bytes(content.Width, content.Height, ResultLayout(content.Layout)) + Bytes(styles)
            + FinishBytes(settings, content.Width, content.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, outside, Demands(settings, styles)).Content(Extended(content), settings.Levels);
        WorkMeter meter = new(RunWork(Extended(content), settings.Levels, plan), progress);
        return Stylize(content, styles, settings, plan, meter, cancellationToken);
    }

    private void Stylize(
        Pixels content, StyleUse[] styles, Span<byte> destination, int stride, PixelLayout layout, RunSettings settings,
        StylizeOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        stride = CheckDestination(content, destination, stride, layout);
        long outside = content.Bytes.Length + (content.Bytes.Overlaps(destination) ? 0 : destination.Length) + Bytes(styles)
            + FinishBytes(settings, content.Width, content.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, outside, Demands(settings, styles)).Content(Extended(content), settings.Levels);
        WorkMeter meter = new(RunWork(Extended(content), settings.Levels, plan), progress);
        Paint(
            new HostSource(_backend, content), styles, settings, new HostTarget(_backend, content, destination, stride, layout), plan,
            meter, cancellationToken);
    }

    /// <summary>Refuses new calls and returns at once. Fails all waiting asynchronous calls. Threads and memory are freed when the last
    /// running call ends. A <see cref="LoadOptions.Backend"/> is not disposed of.</summary>
    public void Dispose()
    {
        // First, because freeing memory may throw, and all tasks must end.
        _calls.Close();
        _gate.Close();
    }

    // Before a device is opened, which would stay open if the options were refused later.
    private static LoadOptions Checked(LoadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxQueue);
        return options;
    }

    private void Free()
    {
        _cascade.Dispose();
        if (_ownsBackend)
            _backend.Dispose();
    }
}
