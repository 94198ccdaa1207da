using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Native;

/// <summary>Runs recipes.</summary>
internal static unsafe class RecipeRun
{
    /// <summary>Reads a recipe from a C string.</summary>
    /// <exception cref="ArgumentException">The string is NULL.</exception>
    /// <exception cref="RecipeFormatException">The text is not a valid recipe.</exception>
    internal static Recipe Read(byte* text)
    {
        if (text is null)
            throw new ArgumentException("'recipe' is NULL.");
        // Unlike a string, bytes show whether they are UTF-8.
        using UnmanagedMemoryStream json = new(text, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text).Length);
        return Recipe.Load(json);
    }

    /// <summary>The size of a recipe's result.</summary>
    /// <exception cref="ArgumentException">A side is below 1, or the result would be too large.</exception>
    internal static (int Width, int Height) Size(Recipe recipe, int width, int height)
    {
        if (recipe.Texture is { } texture)
            return (texture.Width, texture.Height);
        if (width == 0 && height == 0)
            throw new ArgumentException("'texture' is missing in the recipe: without it the result has the photo's size, which is 0x0.");
        if (width < 1 || height < 1)
            throw new ArgumentException($"The photo is {width}x{height} pixels; both sides must be at least 1.");
        return ShorterSide.Scale(width, height, recipe.Content?.Size);
    }

    /// <summary>Makes a recipe's result.</summary>
    /// <param name="transfer">The model.</param>
    /// <param name="photo">The content; must be NULL for a texture.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">The memory budget and the receiver of levels; the other options are the recipe's.</param>
    /// <param name="progress">Reports progress, and can cancel.</param>
    /// <param name="result">Receives the result.</param>
    internal static void Run(
        StyleTransfer transfer, Picture* photo, Recipe recipe, StylizeOptions options, ProgressCall progress, Target* result)
    {
        // Each style and each pass counts the same, because the styles' sizes aren't known yet. A pass encodes and decodes.
        int styles = recipe.Styles.Count;
        double share = (double)styles / (styles + 2 * recipe.Passes);
        RecipeStyles Prepared(PictureColors? colors) => RecipeStyles.Prepare(
            transfer, recipe, file => RecipePicture.Open(file, text => ModelWarnings.Warn(transfer, text)), colors,
            new RecipeStyleOptions { MaxMemory = options.MaxMemory }, progress.Part(0, share), progress.Cancellation);
        if (recipe.Texture is { } texture)
        {
            if (photo is not null)
                throw new ArgumentException("The recipe makes a texture, which has no content: 'photo' must be NULL.");
            Span<byte> pixels = Target.Read(result, texture.Width, texture.Height, out int gap, out PixelLayout layout);
            Synthesize(
                transfer, Prepared(colors: null).Style, texture.Width, texture.Height, pixels, gap, layout,
                recipe.ToTextureOptions() with { MaxMemory = options.MaxMemory }, progress.Part(share, 1 - share), progress.Cancellation);
            return;
        }

        Pixels content = Picture.Read(photo, nameof(photo));
        (int width, int height) = Size(recipe, content.Width, content.Height);
        Span<byte> destination = Target.Read(result, width, height, out int stride, out PixelLayout format);
        RecipeContent size =
            new(recipe.Content?.File ?? "the photo", width, height) { FileWidth = content.Width, FileHeight = content.Height };
        if (recipe.Content?.Size is { } side && (width, height) != (content.Width, content.Height))
            content = ShorterSide.Resize(content, side);
        RecipeStyles prepared = Prepared(RecipeStyles.NeedsContentColors(recipe) ? PictureColors.Of(content) : null);
        transfer.Stylize(
            content, prepared.Regions(size), destination, stride, format,
            recipe.ToOptions() with { MaxMemory = options.MaxMemory, OnLevel = options.OnLevel }, progress.Part(share, 1 - share),
            progress.Cancellation);
    }

    /// <summary>Makes a texture in the caller's memory.</summary>
    internal static void Synthesize(
        StyleTransfer transfer, PreparedStyle style, int width, int height, Span<byte> destination, int stride, PixelLayout layout,
        TextureOptions options, IProgress<StylizeProgress>? progress, CancellationToken cancellation)
    {
        int gap = stride == 0 ? width * layout.BytesPerPixel() : stride;
        fixed (byte* pixels = destination)
        {
            transfer.Synthesize(
                style, width, height, new TargetWriter(pixels, width, gap, layout), destination.Length, options, progress, cancellation);
        }
    }
}
