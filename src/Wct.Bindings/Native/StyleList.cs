namespace Wct.Bindings.Native;

/// <summary>Handles of several styles, which aren't freed before this is disposed of.</summary>
internal sealed class StyleList : IDisposable
{
    private readonly List<StyleHandle> _kept = [];

    /// <summary>Keeps a style's handle.</summary>
    /// <returns>The handle for the library.</returns>
    /// <exception cref="ObjectDisposedException">The style was disposed of.</exception>
    internal IntPtr Add(PreparedStyle style)
    {
        bool isKept = false;
        style.Handle.DangerousAddRef(ref isKept);
        _kept.Add(style.Handle);
        return style.Handle.DangerousGetHandle();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StyleHandle handle in _kept)
            handle.DangerousRelease();
    }
}
