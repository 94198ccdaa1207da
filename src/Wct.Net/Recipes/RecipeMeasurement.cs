using Wct.Net.Pipeline;

namespace Wct.Net.Recipes;

/// <summary>Opens and measures single styles of a recipe.</summary>
internal sealed class RecipeMeasurement
{
    private readonly StyleTransfer _transfer;
    private readonly Recipe _recipe;
    private readonly Func<string, IPixelReader> _open;
    private readonly PictureColors? _contentColors;
    private readonly StylizeOptions _options;
    private readonly RecipeStyleOptions _styleOptions;

    /// <exception cref="InvalidOperationException">A value of the recipe is out of range.</exception>
    /// <exception cref="ArgumentException">The model lacks a level.</exception>
    internal RecipeMeasurement(
        StyleTransfer transfer, Recipe recipe, Func<string, IPixelReader> open, RecipeStyleOptions options, PictureColors? contentColors)
    {
        (_transfer, _recipe, _open, _contentColors, _styleOptions) = (transfer, recipe, open, contentColors, options);
        _options = Options(recipe) with { MaxMemory = options.MaxMemory };
        // Errors that don't depend on a style come first.
        RunSettings.Of(_options, transfer.Model);
        if (RecipeStyles.NeedsContentColors(recipe) && contentColors is null)
        {
            throw new ArgumentException(
                $"preserveColor is {RecipeText.Of(recipe.PreserveColor)}, which needs the content's colors.", nameof(contentColors));
        }
    }

    /// <summary>Measures a style, or reads it from its style file.</summary>
    /// <param name="index">Its index in the recipe.</param>
    /// <param name="progress">Receives reports; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal PreparedStyle Measure(int index, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        RecipeStyle style = _recipe.Styles[index];
        PreparedStyle Prepare() => StyleFile(style.File) is { } load
            ? Load(index, style, load) : Measure(index, style, progress, cancellationToken);
        return _styleOptions.Measure is { } measure ? measure(style, Prepare) : Prepare();
    }

    // A function that reads a style file; null for a picture.
    private Func<PreparedStyle>? StyleFile(string file)
    {
        if (_styleOptions.OpenStyle is not { } open)
        {
            return file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
                ? () => PreparedStyle.Load(file, _transfer.Model) : null;
        }

        return open(file) is { } stream ? Read : null;

        PreparedStyle Read()
        {
            using (stream)
                return PreparedStyle.Load(stream, _transfer.Model);
        }
    }

    // The options that matter for a style.
    private static StylizeOptions Options(Recipe recipe)
    {
        if (recipe.Texture is null)
            return recipe.ToOptions();
        TextureOptions texture = recipe.ToTextureOptions();
        return new StylizeOptions { Levels = texture.Levels, Transform = texture.Transform, StyleScale = recipe.StyleScale };
    }

    private PreparedStyle Load(int index, RecipeStyle style, Func<PreparedStyle> load)
    {
        if (style.StyleMask is { } mask)
        {
            throw new ArgumentException(
                $"styles[{index}].styleMask is {mask}, but {style.File} is a prepared style; only pictures have masks.");
        }

        PreparedStyle loaded = load();
        return loaded.IsRecolored || !RecipeStyles.NeedsContentColors(_recipe)
            ? loaded
            : throw new ArgumentException(
                $"preserveColor is {RecipeText.Of(_recipe.PreserveColor)}, but styles[{index}].file is {style.File}, a style that was "
                    + "prepared without the content's colors; luminance doesn't need them.");
    }

    private PreparedStyle Measure(int index, RecipeStyle style, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        IPixelReader picture = _open(style.File);
        try
        {
            RecipeContent size = Size(style.File, picture);
            StyleMask? mask = Mask(index, style, size);
            return Naming(style.File, () => size.IsResized
                ? _transfer.PrepareStyle(
                    Resizing.To(picture, size.Width, size.Height), mask, _contentColors, _options, progress, cancellationToken)
                : _transfer.PrepareStyle(picture, mask, _contentColors, _options, progress, cancellationToken));
        }
        finally
        {
            (picture as IDisposable)?.Dispose();
        }
    }

    // The size to which a style is resized, and the one that it has.
    private RecipeContent Size(string file, IPixelReader picture)
    {
        (int width, int height) = ShorterSide.Scale(picture.Width, picture.Height, _recipe.StyleSize);
        RecipeContent size = new(file, width, height) { FileWidth = picture.Width, FileHeight = picture.Height };
        long pixels = (long)width * height;
        return !size.IsResized || pixels <= _styleOptions.MaxPixels
            ? size
            : throw new ArgumentException(
                $"styleSize is {_recipe.StyleSize}: {file} becomes {width}x{height} and has {pixels} pixels, the limit is "
                    + $"{_styleOptions.MaxPixels}.");
    }

    private StyleMask? Mask(int index, RecipeStyle style, RecipeContent size)
    {
        if (style.StyleMask is not { } file)
            return null;
        StyleMask mask = MaskPicture.Resized(
            MaskFile.Read(_open, $"styles[{index}].styleMask", file, size, MaskPicture.Gray), size.Width, size.Height);
        return mask.Shares.ContainsAnyExcept((byte)0)
            ? mask : throw new ArgumentException($"styles[{index}].styleMask: {file} is black, so no pixel of {style.File} counts.");
    }

    // Adds the file's name to the error for a style without visible pixels.
    private static PreparedStyle Naming(string file, Func<PreparedStyle> measure)
    {
        try
        {
            return measure();
        }
        catch (ArgumentException error) when (error.Message.StartsWith(StyleTransfer.InvisibleStyle, StringComparison.Ordinal))
        {
            string problem = error.Message[..(error.Message.IndexOf('.', StringComparison.Ordinal) + 1)];
            throw new ArgumentException($"{file}: {char.ToLowerInvariant(problem[0])}{problem[1..]}", error);
        }
    }
}
