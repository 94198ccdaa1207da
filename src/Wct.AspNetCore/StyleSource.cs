using Wct.Net;

namespace Wct.AspNetCore;

/// <summary>A style that the application offers by a name (<see cref="StyleTransferServiceOptions.Styles"/>). Immutable.</summary>
public sealed class StyleSource
{
    private StyleSource(Func<Stream>? open, PreparedStyle? prepared, string? path) => (Open, Prepared, Path) = (open, prepared, path);

    /// <summary>Opens the bytes; null for a prepared style.</summary>
    internal Func<Stream>? Open { get; }

    /// <summary>The prepared style; null for bytes.</summary>
    internal PreparedStyle? Prepared { get; }

    /// <summary>The file; null if there is none.</summary>
    internal string? Path { get; }

    /// <summary>A picture file, or a style file (.safetensors). It is read when a request needs it, and must not change.</summary>
    /// <param name="path">The file; it must exist when the application starts.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    public static StyleSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new StyleSource(() => File.OpenRead(path), prepared: null, path);
    }

    /// <summary>The bytes of a picture file or a style file.</summary>
    /// <param name="bytes">The bytes; they must not change.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
    public static StyleSource FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new StyleSource(() => new MemoryStream(bytes, writable: false), prepared: null, path: null);
    }

    /// <summary>A style that was measured before. It has no thumbnail, and styleSize and styleScale don't change it.</summary>
    /// <param name="style">The style. It must fit the server's model, and the levels and transforms that requests ask for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    public static StyleSource FromStyle(PreparedStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        return new StyleSource(open: null, style, path: null);
    }
}
