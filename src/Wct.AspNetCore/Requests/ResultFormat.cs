using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Wct.Imaging;

namespace Wct.AspNetCore.Requests;

/// <summary>The file format of a result.</summary>
/// <param name="Extension">The extension with the dot: ".png".</param>
/// <param name="MediaType">The media type: "image/png".</param>
/// <param name="LongestSide">The most pixels that a row or a column can have.</param>
/// <param name="Options">The encoder's options; null for the defaults.</param>
internal sealed record ResultFormat(string Extension, string MediaType, int LongestSide, ImageWriteOptions? Options)
{
    private const string Png = "png";
    private const int AnySide = int.MaxValue, JpegSide = 65535, WebPSide = 16383;

    // Formats with a registered media type; the first extension of a type is the format's name.
    private static readonly (string Name, string MediaType, int LongestSide)[] Known =
    [
        (Png, "image/png", AnySide), ("jpeg", "image/jpeg", JpegSide), ("jpg", "image/jpeg", JpegSide), ("webp", "image/webp", WebPSide),
        ("avif", "image/avif", JpegSide), ("jxl", "image/jxl", AnySide), ("tiff", "image/tiff", AnySide), ("tif", "image/tiff", AnySide),
        ("ppm", "image/x-portable-pixmap", AnySide),
    ];

    /// <summary>Whether the header Accept decided, so that another format may be used.</summary>
    internal bool IsNegotiable { get; private init; }

    /// <summary>The names of the formats that can be written.</summary>
    internal static IReadOnlyList<string> Names => [.. Writable().DistinctBy(format => format.MediaType).Select(format => format.Name)];

    /// <summary>The media types of the formats that can be written.</summary>
    internal static IEnumerable<string> MediaTypes => Writable().Select(format => format.MediaType).Distinct();

    /// <summary>Whether the client asks for server-sent events.</summary>
    internal static bool WantsEvents(HttpRequest request) => Accepted(request).Contains("text/event-stream");

    /// <summary>The format for a result of a size: this one, or PNG if this one can't hold it and the client didn't insist.</summary>
    /// <exception cref="RequestProblem">The client insists on a format that can't hold the result.</exception>
    internal ResultFormat For(int width, int height)
    {
        if (Math.Max(width, height) <= LongestSide)
            return this;
        return IsNegotiable ? new ResultFormat($".{Png}", "image/png", AnySide, null) : throw new RequestProblem(
            400, "too_long_for_format",
            $"The result has {width}x{height} pixels; a side in the format {Extension[1..]} has at most {LongestSide}.")
        {
            Limit = LongestSide,
        };
    }

    /// <summary>Chooses the format: by the field 'format', else by the header Accept, else PNG.</summary>
    /// <exception cref="RequestProblem">The format or the quality is wrong.</exception>
    internal static ResultFormat Choose(
        HttpRequest request, string? format, string? quality, StyleTransferServiceOptions options)
    {
        (string Name, string MediaType, int LongestSide)[] writable = [.. Writable()];
        string name = format ?? Accepted(request).Select(type => Array.Find(writable, one => one.MediaType == type).Name)
            .FirstOrDefault(found => found is not null) ?? Png;
        if (Array.Find(writable, one => one.Name == name) is not { Name: not null } known)
            throw RequestProblem.Bad($"format is '{OneLine.Clean(name)}'; it must be one of {string.Join(", ", Names)}.");
        ResultFormat chosen = new($".{name}", known.MediaType, known.LongestSide, null) { IsNegotiable = format is null };
        if (quality is null)
            return chosen;
        if (!int.TryParse(quality, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value is < 1 or > 100)
            throw RequestProblem.Bad($"quality is '{OneLine.Clean(quality)}'; it must be a whole number from 1 to 100.");
        return chosen with
        {
            Options = options.EncoderOptions(chosen.Extension, value)
                ?? throw RequestProblem.Bad($"quality is {value}, but the format {name} has no quality; it must be left out."),
        };
    }

    private static IEnumerable<(string Name, string MediaType, int LongestSide)> Writable() =>
        Known.Where(format => ImageFile.CanWrite($"x.{format.Name}"));

    // The media types of the header Accept, most wanted first.
    private static string[] Accepted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? types)
            ? [.. types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
                .Select(type => type.MediaType.ToString().ToLowerInvariant())]
            : [];
}
