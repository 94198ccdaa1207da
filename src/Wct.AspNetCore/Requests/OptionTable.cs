using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.AspNetCore.Requests;

/// <summary>All options of a request. A test fails if a property of the library's records is neither here nor listed there with the reason
/// why it isn't.</summary>
internal static class OptionTable
{
    private static readonly PhotoOptions Photo = new();
    private static readonly Recipe Defaults = new();

    /// <summary>The options, in the order in which a page shows them.</summary>
    internal static IReadOnlyList<OptionEntry> All { get; } =
    [
        new("strength", "strength", "Recipe.Strength", OptionKind.Number,
            "The share of the style: a number for all levels, or one per level.")
        {
            Range = NumberRange.Strength, Default = Defaults.Strength, IsPerLevel = true,
        },
        new("transform", "transform", "Recipe.Transform", OptionKind.Choice, "What gives the photo's features the style's statistics.")
        {
            Values = [.. FeatureTransform.All.Select(transform => transform.Name!)], Default = Defaults.Transform.Name, IsPerLevel = true,
        },
        new("levels", "levels", "Recipe.Levels", OptionKind.Levels, "The levels to run, in this order; without it, all of the model."),
        new("passes", "passes", "Recipe.Passes", OptionKind.Integer, "How often all levels run.")
        {
            Range = NumberRange.Passes, Default = Defaults.Passes,
        },
        new("preserveColor", "preserveColor", "Recipe.PreserveColor", OptionKind.Choice, "How the photo's colors are kept.")
        {
            Values = Names<ColorPreservationMethod>(), Default = RecipeText.Of(Defaults.PreserveColor), HasStrength = true,
        },
        new("photo", "photo", "Recipe.Photo", OptionKind.Boolean, "Photo mode: the photo's edges and details are kept.")
        {
            Default = Defaults.Photo is not null,
        },
        new("photoRadius", "photo.radius", "PhotoOptions.Radius", OptionKind.Integer, "Radius of photo mode's windows in pixels.")
        {
            Range = NumberRange.Radius, Default = Photo.Radius,
        },
        new("photoEpsilon", "photo.epsilon", "PhotoOptions.Epsilon", OptionKind.Number, "Variance of the luminance that counts as an edge.")
        {
            Range = NumberRange.Epsilon, Default = Photo.Epsilon,
        },
        new("photoDetail", "photo.detail", "PhotoOptions.Detail", OptionKind.Number, "The share of the photo's detail that is added.")
        {
            Range = NumberRange.Detail, Default = Photo.Detail,
        },
        new("size", "content.size", "RecipePicture.Size", OptionKind.Integer, "The shorter side to which the photo is resized, in pixels.")
        {
            Range = NumberRange.Side,
        },
        new("styleSize", "styleSize", "Recipe.StyleSize", OptionKind.Integer, "The shorter side to which styles are resized, in pixels.")
        {
            Range = NumberRange.Side, Default = Defaults.StyleSize,
        },
        new("styleScale", "styleScale", "Recipe.StyleScale", OptionKind.Number,
            "The size at which styles are measured, relative to their own.")
        {
            Range = NumberRange.StyleScale, Default = Defaults.StyleScale,
        },
        new("mix", "mix", "Recipe.Mixing", OptionKind.Choice, "How several styles become one.")
        {
            Values = Names<StyleMixing>(), Default = Name(Defaults.Mixing),
        },
        new("feather", "feather", "Recipe.Feather", OptionKind.Integer,
            "How far the soft edge of a region reaches to each side, in pixels.")
        {
            Range = NumberRange.Feather, Default = Defaults.Feather,
        },
        new("labels", "labels", "Recipe.Labels", OptionKind.File, "The file name of the part in which each region has its own color."),
    ];

    /// <summary>Finds an option; null if there is none with this name.</summary>
    internal static OptionEntry? Find(string name) => All.FirstOrDefault(option => option.Name == name);

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => Name(value))];

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
