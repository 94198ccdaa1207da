using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>A style that is measured once and used for any number of contents. It is thread-safe, and can be used after the transfer that
/// measured it was disposed of.</summary>
public sealed class PreparedStyle : IDisposable
{
    internal PreparedStyle(StyleHandle handle) => Handle = handle;

    internal StyleHandle Handle { get; }

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
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The style was disposed of.</exception>
    public void Save(string path) => Failure.ThrowIf(LibWct.StyleSave(Handle, Utf8.Bytes(path, nameof(path))));

    /// <summary>Frees the style's memory. Calls that use it continue.</summary>
    public void Dispose() => Handle.Dispose();
}
