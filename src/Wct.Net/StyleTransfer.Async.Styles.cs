namespace Wct.Net;

// Asynchronous methods that measure styles.
public sealed partial class StyleTransfer
{
    /// <summary>Measures a style on the library's own thread. Returns at once.</summary>
    /// <param name="style">The painting. Its bytes must not change until the task has ended.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with the style.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, or the
    /// options ask for <see cref="ColorPreservation.Linear"/> or <see cref="ColorPreservation.Histogram"/>, which need the colors of the
    /// content.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PreparedStyle> PrepareStyleAsync(
        PixelImage style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PrepareStyleAsync(style, mask: null, contentColors: null, options, progress, cancellationToken);

    /// <summary>Measures a part of a style on the library's own thread. Returns at once.</summary>
    /// <param name="style">The painting. Its bytes must not change until the task has ended.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with the style.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, the mask
    /// has another size than the style, or the colors are missing although the options ask for <see cref="ColorPreservation.Linear"/> or
    /// <see cref="ColorPreservation.Histogram"/>.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PreparedStyle> PrepareStyleAsync(
        PixelImage style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(style);
        options = Own(options);
        StylePreparation preparation = new(mask, contentColors);
        using (_gate.Enter())
            Check(preparation, Check(options), style.Width, style.Height);
        return _calls.Add(() => PrepareStyle(style, preparation, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Measures a style that is read row by row, on the library's own thread. Returns at once.</summary>
    /// <param name="style">The painting. Its size is read at once, its rows on the library's thread.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with the style.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, or the
    /// options ask for <see cref="ColorPreservation.Linear"/> or <see cref="ColorPreservation.Histogram"/>, which need the colors of the
    /// content.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// the reader arrive in the task unchanged.</remarks>
    public Task<PreparedStyle> PrepareStyleAsync(
        IPixelReader style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PrepareStyleAsync(style, mask: null, contentColors: null, options, progress, cancellationToken);

    /// <summary>Measures a part of a style that is read row by row, on the library's own thread. Returns at once.</summary>
    /// <param name="style">The painting. Its size is read at once, its rows on the library's thread.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with the style.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, the mask
    /// has another size than the style, or the colors are missing although the options ask for <see cref="ColorPreservation.Linear"/> or
    /// <see cref="ColorPreservation.Histogram"/>.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// the reader arrive in the task unchanged.</remarks>
    public Task<PreparedStyle> PrepareStyleAsync(
        IPixelReader style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(style);
        options = Own(options);
        StylePreparation preparation = new(mask, contentColors);
        using (_gate.Enter())
            Check(preparation, Check(options), style.Width, style.Height);
        return _calls.Add(() => PrepareStyle(style, preparation, options, progress, cancellationToken), cancellationToken);
    }
}
