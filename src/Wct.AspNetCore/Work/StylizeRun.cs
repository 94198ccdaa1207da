using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Requests;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Work;

/// <summary>Computes the picture of a request, on the thread of the job.</summary>
/// <param name="service">Has the model, the limits and the cache.</param>
/// <param name="request">The request.</param>
/// <param name="events">Receives progress.</param>
/// <param name="cancellationToken">Ends the computation within one layer.</param>
internal sealed class StylizeRun(
    StylizeService service, StylizeRequest request, IStylizeEvents events, CancellationToken cancellationToken)
{
    private readonly StyleTransferServiceOptions _options = service.Options;
    private readonly ImageReadOptions _reading = service.Reading;
    private ImageMetadata _metadata = new();

    /// <summary>Runs all stages.</summary>
    internal StylizeResult Run()
    {
        long start = Stopwatch.GetTimestamp();
        cancellationToken.ThrowIfCancellationRequested();
        Recipe recipe = request.Recipe;
        PixelImage result = recipe.Texture is { } texture ? Texture(recipe, texture) : Picture(recipe, request.Content!);
        byte[] data = service.Telemetry.Stage("encode", () => ImageFile.Encode(request.Format.Extension, result, Writing(recipe)));
        service.Telemetry.Picture(result.Width, result.Height);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Log.Computed(service.Logger, result.Width, result.Height, request.Format.MediaType, seconds);
        return new StylizeResult(data, request.Format.MediaType, result.Width, result.Height, recipe, seconds);
    }

    private PixelImage Picture(Recipe recipe, Styles.NamedFile file)
    {
        (PixelImage content, RecipeContent size) = service.Telemetry.Stage("decode", () => Decode(recipe, file));
        PictureColors? colors = RecipeStyles.NeedsContentColors(recipe) ? PictureColors.Of(content) : null;
        RecipeStyles styles = Prepared(recipe, colors);
        return service.Telemetry.Stage("stylize", () => service.Transfer.Stylize(
            content, styles.Regions(size),
            recipe.ToOptions() with { MaxMemory = _options.MaxMemory, OnLevel = request.HasPreviews ? events.Level : null },
            Progress(Share(recipe), 1), cancellationToken));
    }

    private PixelImage Texture(Recipe recipe, RecipeTexture texture)
    {
        RecipeStyles styles = Prepared(recipe, colors: null);
        return service.Telemetry.Stage("stylize", () => service.Transfer.Synthesize(
            styles.Style, texture.Width, texture.Height, recipe.ToTextureOptions() with { MaxMemory = _options.MaxMemory },
            Progress(Share(recipe), 1), cancellationToken));
    }

    private (PixelImage Content, RecipeContent Size) Decode(Recipe recipe, Styles.NamedFile file)
    {
        using ImageReader reader = file.OpenPicture(_reading);
        WatchedReader rows = new(reader, cancellationToken);
        // Exif data may contain the place where the photo was taken. Only the color profile is kept.
        _metadata = new ImageMetadata { IccProfile = reader.Metadata.IccProfile };
        (int width, int height) = ShorterSide.Scale(reader.Width, reader.Height, recipe.Content?.Size);
        RecipeContent size = new(file.Name, width, height) { FileWidth = reader.Width, FileHeight = reader.Height };
        PixelImage content = (width, height) == (reader.Width, reader.Height)
            ? rows.ReadAll() : ShorterSide.Resize(rows, recipe.Content!.Size!.Value);
        foreach (string warning in reader.Warnings)
            Log.Damaged(service.Logger, OneLine.Clean($"{file.Name}: {warning}"));
        return (content, size);
    }

    private RecipeStyles Prepared(Recipe recipe, PictureColors? colors) =>
        service.Prepare(recipe, request.Files, colors, Progress(0, Share(recipe)), cancellationToken);

    // The share of the work that the styles are. Each style and each pass counts the same, because the styles' sizes aren't known yet. A
    // pass encodes and decodes.
    private static double Share(Recipe recipe) => (double)recipe.Styles.Count / (recipe.Styles.Count + 2 * recipe.Passes);

    private PartOfProgress Progress(double from, double to) => new(new Reports(events), from, to - from);

    private ImageWriteOptions Writing(Recipe recipe) => (request.Format.Options ?? new ImageWriteOptions()) with
    {
        Metadata = _metadata,
        Text = [new ImageText("wct:recipe", recipe.ToJson())],
    };

    private sealed class Reports(IStylizeEvents events) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => events.Progress(value.Fraction, value.Level);
    }
}
