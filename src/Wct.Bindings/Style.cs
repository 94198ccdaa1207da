using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>A style measured once, for any number of contents. Usable from several threads, and longer than what measured it.</summary>
public sealed class Style : IDisposable
{
    internal Style(StyleHandle handle) => Handle = handle;

    internal StyleHandle Handle { get; }

    /// <summary>Writes the style to a file, which appears whole or not at all; <see cref="StyleTransfer.OpenStyle"/> reads it.</summary>
    /// <param name="path">By convention .safetensors; its folder must be there, a file there is replaced.</param>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The style was disposed of.</exception>
    public void Save(string path) => Failure.ThrowIf(LibWct.StyleSave(Handle, Utf8.Bytes(path, nameof(path))));

    /// <summary>Gives the style's memory back; calls that use it go on.</summary>
    public void Dispose() => Handle.Dispose();
}
