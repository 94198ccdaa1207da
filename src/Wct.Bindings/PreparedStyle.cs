using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>A style measured once, for any number of contents. Usable from several threads, and longer than what measured it.</summary>
public sealed class PreparedStyle : IDisposable
{
    internal PreparedStyle(StyleHandle handle) => Handle = handle;

    internal StyleHandle Handle { get; }

    /// <summary>Reads a style file.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="transfer">Holds the networks it is to be used with: those whose encoders measured it.</param>
    /// <exception cref="IOException">It can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">It is damaged, or no style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured it; the message names both.</exception>
    public static PreparedStyle Load(string path, StyleTransfer transfer)
    {
        if (transfer is null)
            throw new ArgumentNullException(nameof(transfer));
        Failure.ThrowIf(LibWct.StyleOpen(transfer.Handle, Utf8.Bytes(path, nameof(path)), out StyleHandle style));
        return new PreparedStyle(style);
    }

    /// <summary>Writes a style file, which appears whole or not at all.</summary>
    /// <param name="path">By convention .safetensors; its folder must be there, a file there is replaced.</param>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The style was disposed of.</exception>
    public void Save(string path) => Failure.ThrowIf(LibWct.StyleSave(Handle, Utf8.Bytes(path, nameof(path))));

    /// <summary>Gives the style's memory back; calls that use it go on.</summary>
    public void Dispose() => Handle.Dispose();
}
