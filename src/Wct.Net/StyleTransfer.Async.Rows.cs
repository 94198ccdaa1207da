namespace Wct.Net;

// Asynchronous methods for pictures that are read and written row by row. Readers and writers are used on the library's thread.
public sealed partial class StyleTransfer
{
    /// <summary>Stylizes a picture that is read and written row by row, on the library's own thread. Returns at once.</summary>
    /// <param name="content">The photo. It is read on the library's thread.</param>
    /// <param name="style">The painting. It is read on the library's thread, before the content.</param>
    /// <param name="result">Receives the picture, on the library's thread, after all of it was computed. It has the content's size, layout
    /// (RGB for a gray content) and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task that ends when the last row was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="style"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, or the
    /// options ask for <see cref="ColorPreservation.Linear"/> or <see cref="ColorPreservation.Histogram"/>, which need the colors of the
    /// content.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// readers and writers arrive in the task unchanged.</remarks>
    public Task StylizeAsync(
        IPixelReader content, IPixelReader style, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(result);
        options = Own(options);
        using (_gate.Enter())
            Check(options).CheckColors(isRecolored: false, nameof(style));
        return _calls.Add(() => Stylize(content, style, result, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Stylizes a picture that is read and written row by row with a style that was measured before, on the library's own thread.
    /// Returns at once.</summary>
    /// <param name="content">The photo. It is read on the library's thread.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="result">Receives the picture, on the library's thread, after all of it was computed. It has the content's size, layout
    /// (RGB for a gray content) and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task that ends when the last row was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="style"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks or at
    /// which the style was not measured, or the style was prepared for other transforms or colors.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// readers and writers arrive in the task unchanged.</remarks>
    public Task StylizeAsync(
        IPixelReader content, PreparedStyle style, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(result);
        options = Own(options);
        using (_gate.Enter())
            Check(options, style, comparesModels: false);
        return _calls.Add(() => Stylize(content, style, result, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture that is read and written row by row, on the library's own thread. Returns at
    /// once.</summary>
    /// <param name="content">The photo. Its size is read at once, its rows on the library's thread.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="result">Receives the picture, on the library's thread, after all of it was computed. It has the content's size, layout
    /// (RGB for a gray content) and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task that ends when the last row was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="regions"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">There are no regions, one is null, a mask has another size than the content, an option or a
    /// region's strength is out of range, the list of levels is empty or has one that the model lacks or at which a style was not measured,
    /// or a style was prepared for other transforms or colors.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// readers and writers arrive in the task unchanged.</remarks>
    public Task StylizeAsync(
        IPixelReader content, IReadOnlyList<StyleRegion> regions, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(result);
        options = Own(options);
        StyleRegion[] own = Checked(options, regions, content.Width, content.Height);
        return _calls.Add(() => Stylize(content, own, result, options, progress, cancellationToken), cancellationToken);
    }
}
