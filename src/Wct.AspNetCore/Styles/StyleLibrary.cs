using System.Collections.Concurrent;
using Wct.AspNetCore.Requests;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.AspNetCore.Styles;

/// <summary>The styles that the server has: configured ones, and those that were uploaded by themselves.</summary>
/// <param name="options">Has the configured styles.</param>
/// <param name="cache">Keeps uploaded styles by their hash.</param>
internal sealed class StyleLibrary(StyleTransferServiceOptions options, StyleCache cache)
{
    // There are at most as many as configured styles. The cache of requests could drop them again and again.
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]?>>> _thumbnails = new(StringComparer.Ordinal);

    /// <summary>The names of the configured styles.</summary>
    internal IEnumerable<string> Names => options.Styles.Keys;

    /// <summary>Whether a name is the id of an uploaded style: a SHA-256.</summary>
    internal static bool IsId(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether a style with this name is configured.</summary>
    internal bool Has(string name) => options.Styles.ContainsKey(name);

    /// <summary>Finds a style by its name or its id; null if there is none.</summary>
    internal NamedFile? Find(string name)
    {
        if (Configured(name) is { } configured)
            return configured;
        return IsId(name) && cache.Find<byte[]>(name) is { } bytes
            ? new NamedFile(name, () => new MemoryStream(bytes, writable: false), name) : null;
    }

    /// <summary>Opens all configured styles, so that a wrong file ends the start of the application.</summary>
    /// <exception cref="InvalidOperationException">A style can't be used; the message names it.</exception>
    internal static void CheckConfigured(StyleTransferServiceOptions options, WctModel model)
    {
        StyleLibrary library = new(options, new StyleCache(0));
        foreach (string name in options.Styles.Keys)
        {
            NamedFile file = library.Configured(name)!;
            if (file.Prepared is not null)
                continue;
            try
            {
                Open(file, model, options);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"The style '{name}' of 'Styles' can't be used: {error.Message}", error);
            }
        }
    }

    /// <summary>Throws if a style is larger than what can be kept.</summary>
    /// <exception cref="RequestProblem">It is.</exception>
    internal void CheckLength(long length)
    {
        if (length > options.MaxStyleCacheBytes)
        {
            throw new RequestProblem(
                413, "style_too_large", $"The style has {length} bytes; the server keeps at most {options.MaxStyleCacheBytes}.")
            {
                Limit = options.MaxStyleCacheBytes,
            };
        }
    }

    /// <summary>Keeps an uploaded style.</summary>
    /// <returns>Its id: the SHA-256 of its bytes.</returns>
    /// <exception cref="RequestProblem">It is larger than the cache.</exception>
    internal string Add(NamedFile file)
    {
        CheckLength(file.Length);
        byte[] bytes = new byte[file.Length];
        using (Stream stream = file.Open())
            stream.ReadExactly(bytes);
        cache.Add(file.Hash, bytes, bytes.Length);
        return file.Hash;
    }

    /// <summary>The thumbnail of a configured picture. It is made once.</summary>
    /// <param name="name">The style's name.</param>
    /// <param name="run">Runs the work with the other checks of pictures.</param>
    /// <returns>A JPEG; null if there is no such style, or it isn't a picture.</returns>
    internal async Task<byte[]?> Thumbnail(string name, Func<Func<byte[]?>, Task<byte[]?>> run)
    {
        if (Configured(name) is not { Prepared: null } file)
            return null;
        Lazy<Task<byte[]?>> thumbnail = _thumbnails.GetOrAdd(
            name, _ => new Lazy<Task<byte[]?>>(() => run(() => FileFaults.Run([file], () => Small(file)))));
        try
        {
            return await thumbnail.Value;
        }
        catch
        {
            // The next request tries again.
            _thumbnails.TryRemove(new(name, thumbnail));
            throw;
        }
    }

    private NamedFile? Configured(string name) => options.Styles.TryGetValue(name, out StyleSource? source)
        ? source.Prepared is { } prepared ? new NamedFile(name, prepared) { IsConfigured = true }
            : new NamedFile(name, source.Open!) { IsConfigured = true }
        : null;

    private static void Open(NamedFile file, WctModel model, StyleTransferServiceOptions options)
    {
        if (!file.IsStyleFile)
        {
            file.OpenPicture(new ImageReadOptions { MaxPixels = options.MaxPixels }).Dispose();
            return;
        }

        using Stream stream = file.Open();
        PreparedStyle.Load(stream, model);
    }

    private byte[]? Small(NamedFile file)
    {
        const int Side = 160;
        if (file.IsStyleFile)
            return null;
        using ImageReader reader = file.OpenPicture(new ImageReadOptions { MaxPixels = options.MaxPixels });
        double scale = Math.Min(1, (double)Side / Math.Max(reader.Width, reader.Height));
        int Scaled(int side) => Math.Max(1, (int)Math.Round(side * scale));
        PixelImage small = Resizing.To(reader, Scaled(reader.Width), Scaled(reader.Height));
        return ImageFile.Encode(".jpg", small);
    }
}
