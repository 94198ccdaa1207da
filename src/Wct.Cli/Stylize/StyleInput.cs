using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Weights;

namespace Wct.Cli.Stylize;

/// <summary>Opens contents and measures the styles of recipes.</summary>
/// <param name="request">The command's options.</param>
/// <param name="cancellationToken">Cancels measuring.</param>
internal sealed class StyleInput(StylizeRequest request, CancellationToken cancellationToken)
{
    private readonly ImageReadOptions _limits = StylizeRun.Limits(request);
    private readonly PictureWarnings _warnings = new();
    private readonly Dictionary<string, (int Width, int Height)> _sizes = [];

    /// <summary>Opens a content.</summary>
    internal PictureRows Content(string path) =>
        StylizeRun.Open(path, request.ContentSide, _limits, request.MaxMemory, _warnings);

    /// <summary>Measures the styles of a recipe, and groups them by regions of the content.</summary>
    /// <exception cref="Failure">A file can't be used; the message names it.</exception>
    internal IReadOnlyList<StyleRegion> Regions(StyleTransfer transfer, Recipe recipe, string path, PictureRows content)
    {
        (int width, int height) = content.OriginalSize;
        RecipeStyles styles = Styles(transfer, recipe, Colors(recipe, path));
        IReadOnlyList<StyleRegion> regions = NamingOptions(() => styles.Regions(
            new RecipeContent(path, content.Width, content.Height) { FileWidth = width, FileHeight = height }));
        // Masks are read whole and softened in further copies.
        if (regions.Any(region => region.Mask is not null))
            ReadingMemory.GiveBack((long)content.Width * content.Height);
        return regions;
    }

    /// <summary>Measures the styles of a recipe.</summary>
    /// <param name="transfer">The networks.</param>
    /// <param name="recipe">The recipe; its content is not opened.</param>
    /// <param name="colors">The content's colors, if the recipe needs them.</param>
    /// <exception cref="Failure">A file can't be used; the message names it.</exception>
    internal RecipeStyles Styles(StyleTransfer transfer, Recipe recipe, PictureColors? colors)
    {
        RecipeStyles? styles = null;
        RecipeStyleOptions options = new() { MaxMemory = request.MaxMemory, MaxPixels = request.MaxPixels };
        try
        {
            StylizeRun.Display(request).Show(progress => ReadingMemory.Explaining(() => styles = NamingOptions(
                () => RecipeStyles.Prepare(transfer, recipe, Open, colors, options, progress, cancellationToken))));
            return styles!;
        }
        catch (ArgumentException error) when (recipe.Styles.Any(style =>
            error.Message.StartsWith($"{style.File}: ", StringComparison.Ordinal)))
        {
            throw new Failure(ErrorLine.Problem(error).TrimEnd('.'), error);
        }
    }

    /// <summary>About how many patches a measured style has at a level, for style swap.</summary>
    internal double Patches(RecipeStyle style, int level)
    {
        if (!_sizes.TryGetValue(style.File, out (int Width, int Height) size))
        {
            using TensorArchive file = Safetensors.Open(style.File);
            return file.Find($"level{level}.features") is { } features ? (double)features.Elements / features.Shape[0] : 0;
        }

        size = ShorterSide.Scale(size.Width, size.Height, request.Recipe.StyleSize);
        return SwapWarning.Pixels(request.Recipe.StyleScale * size.Width, request.Recipe.StyleScale * size.Height, level);
    }

    /// <summary>The colors of a content, if a recipe needs them before its styles are measured.</summary>
    internal PictureColors? Colors(Recipe recipe, string path)
    {
        if (!RecipeStyles.NeedsContentColors(recipe))
            return null;
        // The content is read once more for the run itself.
        using PictureRows content = Content(path);
        return PictureColors.Of(content);
    }

    private T NamingOptions<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException error) when (Named(error) is { } message)
        {
            throw new Failure(message, error);
        }
    }

    // The message with options instead of the recipe's properties; null if there are none in it.
    private string? Named(ArgumentException error)
    {
        string problem = ErrorLine.Problem(error), named = OptionNames.In(problem, request.FromOptions);
        return named == problem ? null : named.TrimEnd('.');
    }

    private PictureRows Open(string path)
    {
        PictureRows picture = StylizeRun.Open(path, side: 0, _limits, request.MaxMemory, _warnings);
        _sizes[path] = (picture.Width, picture.Height);
        return picture;
    }
}
