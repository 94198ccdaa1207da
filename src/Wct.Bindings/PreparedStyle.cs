using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>A style that is measured once and used for any number of contents. It is thread-safe, and can be used after the transfer that
/// measured it was disposed of.</summary>
public sealed class PreparedStyle : IDisposable
{
    internal PreparedStyle(StyleHandle handle) => Handle = handle;

    internal StyleHandle Handle { get; }

    /// <summary>Mixes styles.</summary>
    /// <param name="styles">1 to 100 styles, each with a weight of at least 0. The weights are scaled to the sum 1; styles of weight 0 are
    /// left out.</param>
    /// <param name="mixing">How the styles become one.</param>
    /// <returns>A mixture, which needs the styles no longer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="styles"/> or a style is null.</exception>
    /// <exception cref="ArgumentException">There are no styles or too many, a weight is negative or not finite, all weights are 0, no level
    /// is common to all styles, or the way of mixing is not defined.</exception>
    /// <exception cref="ModelMismatchException">Different encoders measured the styles.</exception>
    /// <exception cref="ObjectDisposedException">A style was disposed of.</exception>
    /// <remarks>Style swap needs the patches of one picture, so it can use mixtures of features only. These can't be saved.</remarks>
    public static PreparedStyle Mix(
        IReadOnlyList<(PreparedStyle Style, double Weight)> styles, StyleMixing mixing = StyleMixing.Features)
    {
        if (styles is null)
            throw new ArgumentNullException(nameof(styles));
        using StyleList kept = new();
        IntPtr[] handles = [.. styles.Select(style => kept.Add(style.Style ?? throw new ArgumentNullException(nameof(styles))))];
        double[] weights = [.. styles.Select(style => style.Weight)];
        Failure.ThrowIf(LibWct.StyleMix(
            handles, weights, (UIntPtr)(uint)handles.Length, (int)mixing, IntPtr.Zero, out StyleHandle mixed));
        return new PreparedStyle(mixed);
    }

    /// <summary>A style without any statistics, for transforms that use none, such as <see cref="FeatureTransform.Whitening"/>.</summary>
    /// <param name="transfer">The transfer to use the style with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public static PreparedStyle None(StyleTransfer transfer)
    {
        if (transfer is null)
            throw new ArgumentNullException(nameof(transfer));
        Failure.ThrowIf(LibWct.StyleNone(transfer.Handle, out StyleHandle style));
        return new PreparedStyle(style);
    }

    /// <summary>Reads a style file.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="transfer">The transfer to use the style with. Its encoders must be those that measured the style.</param>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or isn't a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style; the message names both.</exception>
    public static PreparedStyle Load(string path, StyleTransfer transfer)
    {
        if (transfer is null)
            throw new ArgumentNullException(nameof(transfer));
        Failure.ThrowIf(LibWct.StyleOpen(transfer.Handle, Utf8.Bytes(path, nameof(path)), out StyleHandle style));
        return new PreparedStyle(style);
    }

    /// <summary>Writes a style file. It appears whole or not at all.</summary>
    /// <param name="path">The file, by convention .safetensors. Its folder must exist. An existing file is replaced.</param>
    /// <exception cref="ArgumentException">The style is a mixture of features (<see cref="StyleMixing.Features"/>).</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The style was disposed of.</exception>
    public void Save(string path) => Failure.ThrowIf(LibWct.StyleSave(Handle, Utf8.Bytes(path, nameof(path))));

    /// <summary>Frees the style's memory. Calls that use it continue.</summary>
    public void Dispose() => Handle.Dispose();
}
