using Wct.Net.Pipeline;

namespace Wct.Net;

// Asynchronous methods that make textures from noise.
public sealed partial class StyleTransfer
{
    /// <summary>Makes a texture that looks like a style, on the library's own thread. Returns at once.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="height">Rows, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task with a picture in RGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">A side is below 1, or not a multiple of 16 although the texture must repeat, an option is out of
    /// range, the list of levels is empty or has one that the model lacks or at which the style was not measured, or the style was prepared
    /// for other transforms.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs.</remarks>
    public Task<PixelImage> SynthesizeAsync(
        PreparedStyle style, int width, int height, TextureOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options = Own(options);
        CheckTexture(style, width, height, options);
        return _calls.Add(() => Synthesize(style, width, height, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a texture that looks like a style, and writes it row by row, on the library's own thread. Returns at once.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="height">Rows, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="result">Receives the texture in RGB, on the library's thread, after all of it was computed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the library's thread; null for none. A <see cref="Progress{T}"/> passes them on to the
    /// context in which it was created.</param>
    /// <param name="cancellationToken">Cancels the call: at once if it waits, within one layer if it runs.</param>
    /// <returns>A task that ends when the last row was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> or <paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException">A side is below 1, or not a multiple of 16 although the texture must repeat, an option is out of
    /// range, the list of levels is empty or has one that the model lacks or at which the style was not measured, or the style was prepared
    /// for other transforms.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>The task fails with what the method without "Async" throws for its pictures, with <see cref="QueueFullException"/> if too
    /// many calls wait, and with <see cref="ObjectDisposedException"/> if the transfer is disposed of before the call runs. Exceptions of
    /// the writer arrive in the task unchanged.</remarks>
    public Task SynthesizeAsync(
        PreparedStyle style, int width, int height, IPixelWriter result, TextureOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        options = Own(options);
        CheckTexture(style, width, height, options);
        return _calls.Add(() => Synthesize(style, width, height, result, options, progress, cancellationToken), cancellationToken);
    }

    private static TextureOptions? Own(TextureOptions? options) =>
        options?.Levels is { } levels ? options with { Levels = [.. levels] } : options;

    private void CheckTexture(PreparedStyle style, int width, int height, TextureOptions? options)
    {
        using UsageGate.Pass pass = _gate.Enter();
        ArgumentNullException.ThrowIfNull(style);
        CheckSides(width, height, options);
        Check(style, RunSettings.Of(Controls(options ?? new TextureOptions()), Model), nameof(style), comparesModels: false);
    }
}
