using Wct.Net.Calls;

namespace Wct.Net;

// Asynchronous methods for pictures in memory. They check their arguments and then let the queue run the synchronous method.
public sealed partial class StyleTransfer
{
    private readonly CallQueue _calls;

    /// <summary>The number of asynchronous calls that wait, without the one that runs.</summary>
    public int WaitingCalls => _calls.Waiting;

    /// <summary>Stylizes a picture on the library's own thread. Returns at once.</summary>
    /// <param name="content">The photo. Its bytes must not change until the task has ended.</param>
    /// <param name="style">The painting. Its bytes must not change until the task has ended.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with a picture that has the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model
    /// lacks.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PixelImage> StylizeAsync(
        PixelImage content, PixelImage style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        options = Own(options);
        using (_gate.Enter())
            Check(options);
        return _calls.Add(() => Stylize(content, style, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Stylizes a picture with a style that was measured before, on the library's own thread. Returns at once.</summary>
    /// <param name="content">The photo. Its bytes must not change until the task has ended.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with a picture that has the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks or at
    /// which the style was not measured, or the style was prepared for other transforms or colors.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PixelImage> StylizeAsync(
        PixelImage content, PreparedStyle style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        options = Own(options);
        using (_gate.Enter())
            Check(options, style, comparesModels: false);
        return _calls.Add(() => Stylize(content, style, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture with a style each, on the library's own thread. Returns at once.</summary>
    /// <param name="content">The photo. Its bytes must not change until the task has ended.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with a picture that has the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="regions"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no regions, one is null, a mask has another size than the content, an option or a
    /// region's strength is out of range, the list of levels is empty or has one that the model lacks or at which a style was not measured,
    /// or a style was prepared for other transforms or colors.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PixelImage> StylizeAsync(
        PixelImage content, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        options = Own(options);
        StyleRegion[] own = Checked(options, regions, content.Width, content.Height);
        return _calls.Add(() => Stylize(content, own, options, progress, cancellationToken), cancellationToken);
    }

    // Copies the list, which the caller may change while the call waits, and checks the regions.
    private StyleRegion[] Checked(StylizeOptions? options, IReadOnlyList<StyleRegion> regions, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(regions);
        using UsageGate.Pass pass = _gate.Enter();
        StyleRegion[] own = [.. regions];
        Check(options, own, width, height, comparesModels: false);
        return own;
    }

    // Copies the list of levels, which the caller may change while the call waits. Everything else in the options is immutable.
    private static StylizeOptions? Own(StylizeOptions? options) =>
        options?.Levels is { } levels ? options with { Levels = [.. levels] } : options;
}
