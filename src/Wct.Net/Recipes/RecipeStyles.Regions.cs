namespace Wct.Net.Recipes;

public sealed partial class RecipeStyles
{
    /// <summary>The regions of a content, for the methods of <see cref="StyleTransfer"/> that stylize regions. Masks and labels are read,
    /// resized to the content's size, and feathered.</summary>
    /// <param name="content">The content's size.</param>
    /// <returns>At least one region.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="ArgumentException">A mask, or the picture of labels, has neither the content's size nor the one that it had before
    /// it was resized, or no pixel has the color of a label. The message names the property and the file.</exception>
    /// <remarks>Exceptions of the function that opens pictures, and of readers, pass through unchanged.</remarks>
    public IReadOnlyList<StyleRegion> Regions(RecipeContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Dictionary<(byte, byte, byte), StyleMask> labels = Labels(content);
        Dictionary<string, StyleMask> masks = [];
        StyleMask? Mask(RegionPlace place)
        {
            if (place.Label is { } color)
                return labels[color];
            if (place.Mask is not { } file)
                return null;
            if (!masks.TryGetValue(file, out StyleMask? mask))
                masks.Add(file, mask = Fitted(ReadMask(file, content), content));
            return mask;
        }

        IReadOnlyList<StyleMask?> weighted = RegionWeights.Apply(
            [.. _regions.Select(region => Mask(region.Place))], [.. _regions.Select(region => region.Weight)], content.Width,
            content.Height);
        return [.. _regions.Select((region, i) => new StyleRegion(weighted[i], region.Style) { Strength = region.Place.Strength })];
    }

    private StyleMask ReadMask(string file, RecipeContent content)
    {
        int style = Recipe.Styles.ToList().FindIndex(style => style.Mask == file);
        return MaskFile.Read(_open, $"styles[{style}].mask", file, content, MaskPicture.Gray);
    }

    // The masks of all labels, by color.
    private Dictionary<(byte, byte, byte), StyleMask> Labels(RecipeContent content)
    {
        (byte Red, byte Green, byte Blue)[] colors =
            [.. _regions.Select(region => region.Place.Label).OfType<(byte, byte, byte)>().Distinct()];
        if (colors.Length == 0)
            return [];
        StyleMask[] masks = MaskFile.Read(_open, "labels", Recipe.Labels!, content, picture => MaskPicture.Labels(picture, colors));
        int missing = Array.FindIndex(masks, mask => !mask.Shares.ContainsAnyExcept((byte)0));
        if (missing >= 0)
        {
            (byte red, byte green, byte blue) = colors[missing];
            int style = Recipe.Styles.ToList().FindIndex(style => RegionPlace.Of(style).Label == colors[missing]);
            throw new ArgumentException(
                $"styles[{style}].label is #{red:x2}{green:x2}{blue:x2}, a color that no pixel of {Recipe.Labels} has.", nameof(content));
        }

        return masks.Zip(colors).ToDictionary(mask => mask.Second, mask => Fitted(mask.First, content));
    }

    private StyleMask Fitted(StyleMask mask, RecipeContent content) =>
        MaskPicture.Resized(mask, content.Width, content.Height).Feather(Recipe.Feather);
}
