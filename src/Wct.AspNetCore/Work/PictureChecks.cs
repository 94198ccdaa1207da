using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Styles;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Work;

/// <summary>Checks the pictures of a request by their headers.</summary>
internal static class PictureChecks
{
    // Without a memory budget, masks may take this many bytes per pixel of the largest picture.
    private const int MaskBytes = 16;

    /// <summary>Checks all pictures.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The limits.</param>
    /// <param name="reading">Options for reading pictures.</param>
    /// <param name="cancellationToken">Ends the checks after a file.</param>
    /// <exception cref="ImageFormatException">A file is no picture, is damaged, or has too many pixels.</exception>
    /// <exception cref="RequestProblem">A picture would have too many pixels, or the format can't hold the result.</exception>
    internal static void Run(
        StylizeRequest request, StyleTransferServiceOptions options, ImageReadOptions reading, CancellationToken cancellationToken)
    {
        Recipe recipe = request.Recipe;
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Content is { } content)
            Content(content, request, options, reading);
        if (recipe.Texture is { } texture)
        {
            Size("The texture", "texture", (texture.Width, texture.Height), 1, options);
            request.FitFormat(texture.Width, texture.Height);
        }

        foreach (NamedFile file in recipe.Styles.Where(style => style.Weight > 0).Select(style => request.Files[style.File]).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Prepared is not null || file.IsStyleFile)
                continue;
            using ImageReader reader = file.OpenPicture(reading);
            (int, int) size = ShorterSide.Scale(reader.Width, reader.Height, recipe.StyleSize);
            Size(file.Name, "styleScale", size, recipe.StyleScale, options);
        }

        foreach (string mask in recipe.Styles.SelectMany(style => (string?[])[style.Mask, style.StyleMask]).Append(recipe.Labels)
            .OfType<string>().Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            request.Files[mask].OpenPicture(reading).Dispose();
        }
    }

    private static void Content(
        NamedFile content, StylizeRequest request, StyleTransferServiceOptions options, ImageReadOptions reading)
    {
        using ImageReader reader = content.OpenPicture(reading);
        (int Width, int Height) size = ShorterSide.Scale(reader.Width, reader.Height, request.Recipe.Content?.Size);
        Size(content.Name, "size", size, 1, options);
        request.FitFormat(size.Width, size.Height);
        // Masks of labels are made in the size of their file, which may be that of the content before it was resized.
        long pixels = (long)size.Width * size.Height;
        Regions(request.Recipe, request.Recipe.Labels is null ? pixels : Math.Max(pixels, (long)reader.Width * reader.Height), options);
    }

    // All regions' masks are in memory at the same time: as read, feathered, and divided where they overlap.
    private static void Regions(Recipe recipe, long pixels, StyleTransferServiceOptions options)
    {
        RegionPlace[] places = [.. recipe.Styles.Where(style => style.Weight > 0).Select(RegionPlace.Of).Distinct()];
        if (places is [] or [{ Mask: null, Label: null }])
            return;
        int copies = recipe.Labels is not null || recipe.Feather > 0 ? 3 : 2;
        Int128 bytes = (Int128)pixels * places.Length * copies;
        Int128 limit = options.MaxMemory ?? (Int128)options.MaxPixels * MaskBytes;
        if (bytes > limit)
        {
            throw new RequestProblem(
                413, "too_many_regions",
                $"The masks of {places.Length} regions of {pixels} pixels take {bytes} bytes; the limit is {limit}.")
            {
                Limit = (long)Int128.Min(limit, long.MaxValue),
            };
        }
    }

    private static void Size(
        string name, string setting, (int Width, int Height) size, double scale, StyleTransferServiceOptions options)
    {
        double pixels = Math.Ceiling(size.Width * scale) * Math.Ceiling(size.Height * scale);
        if (pixels > options.MaxPixels)
        {
            throw new RequestProblem(
                413, "too_many_pixels", FormattableString.Invariant(
                    $"{name} gets {pixels:0} pixels by the setting '{setting}'; the limit is {options.MaxPixels}."))
            {
                Limit = options.MaxPixels,
            };
        }
    }
}
