using System.Collections.Frozen;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Page;

/// <summary>The sample photos and paintings that the page offers.</summary>
internal static class SamplePictures
{
    private const string Prefix = "Wct.AspNetCore.Samples.";
    private const int ThumbnailSide = 160;

    private static readonly FrozenDictionary<string, Sample> All = typeof(SamplePictures).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Sample(name));

    /// <summary>Finds a picture by its file name; null if there is none.</summary>
    internal static PageFile? Find(string name) => All.GetValueOrDefault(name)?.Picture.Value;

    /// <summary>Finds a picture by its file name, with a shorter side of 160 pixels; null if there is none.</summary>
    internal static PageFile? Thumbnail(string name) => All.GetValueOrDefault(name)?.Small.Value;

    private sealed class Sample(string resource)
    {
        internal Lazy<PageFile> Picture { get; } = new(() => new PageFile(PageAssets.Read(resource)));

        internal Lazy<PageFile> Small { get; } = new(() => new PageFile(Shrink(PageAssets.Read(resource))));
    }

    private static byte[] Shrink(byte[] picture)
    {
        using MemoryStream input = new(picture);
        return ImageFile.Encode(
            ".jpg", ShorterSide.Resize(ImageFile.Read(input), ThumbnailSide), new JpegWriteOptions { Quality = 80 });
    }
}
