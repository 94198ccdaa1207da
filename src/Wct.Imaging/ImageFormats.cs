using Wct.Imaging.Bmp;
using Wct.Imaging.Gif;
using Wct.Imaging.Jpeg;
using Wct.Imaging.Netpbm;
using Wct.Imaging.Png;
using Wct.Imaging.Psd;
using Wct.Imaging.Radiance;
using Wct.Imaging.Tga;

namespace Wct.Imaging;

/// <summary>The formats that <see cref="ImageFile"/> reads and writes.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ImageFormats
{
    private static readonly Lock Registration = new();

    // Replaced as a whole, so that readers need no lock.
    private static volatile ImageFormat[] _all =
    [
        new PngFormat(),
        new JpegFormat(),
        new NetpbmFormat(),
        new BmpFormat(),
        new GifFormat(),
        new PsdFormat(),
        new HdrFormat(),
        // It has no signature, so it stays the last one.
        new TgaFormat(),
    ];

    /// <summary>All registered formats, in the order in which they are tried on a file.</summary>
    public static IReadOnlyList<ImageFormat> All => _all.AsReadOnly();

    /// <summary>The formats' names for a sentence: "PNG, JPEG or Netpbm".</summary>
    internal static string Names
    {
        get
        {
            string[] names = [.. _all.Select(format => format.Name).Distinct()];
            return $"{string.Join(", ", names[..^1])} or {names[^1]}";
        }
    }

    /// <summary>Registers a format for the whole process. It is tried after the formats that were registered before, except TGA, which
    /// has no signature and is always tried last.</summary>
    /// <param name="format">The format. Registering the same instance again has no effect.</param>
    /// <exception cref="ArgumentException">An extension has no dot or upper case letters, or belongs to another format.</exception>
    public static void Register(ImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (Registration)
        {
            if (_all.Contains(format))
                return;
            foreach (string extension in format.Extensions)
            {
                if (extension is not ['.', _, ..] || extension != extension.ToLowerInvariant())
                    throw new ArgumentException(
                        $"'{extension}' is no extension of {format.Name}: a dot and lower case letters are needed.", nameof(format));
                if (Array.Find(_all, other => other.Extensions.Contains(extension)) is { } owner)
                    throw new ArgumentException(
                        $"'{extension}' can't be registered for {format.Name}: it belongs to {owner.Name}.", nameof(format));
            }

            _all = [.. _all[..^1], format, _all[^1]];
        }
    }

    /// <summary>The format of a file with these first bytes; null if no format matches.</summary>
    internal static ImageFormat? Detect(ReadOnlySpan<byte> head)
    {
        foreach (ImageFormat format in _all)
        {
            if (format.Matches(head))
                return format;
        }

        return null;
    }

    /// <summary>The format in which a file with this extension is written; null if there is none.</summary>
    /// <param name="extension">In lower case, with the dot.</param>
    internal static ImageFormat? ForWriting(string extension) =>
        Array.Find(_all, format => format.CanWrite && format.Extensions.Contains(extension));
}
