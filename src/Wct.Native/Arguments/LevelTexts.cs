using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Native.Arguments;

/// <summary>The fields 'levels', 'strengths' and 'transform' of the options: which levels run, and their settings.</summary>
/// <param name="Strength">The strength of the levels that have none of their own.</param>
/// <param name="Transform">The transform of the levels that have none of their own.</param>
/// <param name="Levels">The levels in the order in which they run; null for all of the model.</param>
internal sealed record LevelTexts(double Strength, FeatureTransform Transform, IReadOnlyList<LevelOptions>? Levels)
{
    private const string StrengthsName = "'options->strengths'", TransformName = "'options->transform'";

    /// <summary>Reads the three texts; null means the default.</summary>
    /// <param name="levels">Digits.</param>
    /// <param name="strengths">As in <see cref="RecipeText.Strengths"/>.</param>
    /// <param name="transform">As in <see cref="RecipeText.Transforms"/>.</param>
    /// <param name="strength">The field 'strength'.</param>
    /// <param name="model">The model that runs; null if none does.</param>
    /// <exception cref="ArgumentException">A digit isn't a level.</exception>
    /// <exception cref="RecipeFormatException">A text is something else, or is for a level that doesn't run.</exception>
    internal static unsafe LevelTexts Read(byte* levels, byte* strengths, byte* transform, double strength, WctModel? model)
    {
        IReadOnlyList<LevelOptions>? run = Digits(NativeText.ReadOptional(levels));
        LevelSettings own = NativeText.ReadOptional(strengths) is { } text ? RecipeText.Strengths(text, StrengthsName) : new(),
            transforms = NativeText.ReadOptional(transform) is { } names ? RecipeText.Transforms(names, TransformName) : new();
        // The library has the message for a list without levels.
        if (own.Levels.Count + transforms.Levels.Count > 0 && run is not [])
            run = transforms.ApplyTo(own.ApplyTo(run ?? All(model), StrengthsName), TransformName);
        return new LevelTexts(
            own.Strength ?? strength, transforms.Transform ?? FeatureTransform.WhiteningColoring, run);
    }

    private static IReadOnlyList<LevelOptions> All(WctModel? model) => LevelOptions.Of(
        model?.Levels.Select(level => level.Level) ?? Enumerable.Range(1, Vgg19.DeepestLevel).Reverse());

    private static LevelOptions[]? Digits(string? digits) => digits is null ? null : Array.ConvertAll(digits.ToCharArray(), digit =>
        digit is >= '1' and <= (char)('0' + Vgg19.DeepestLevel)
            ? new LevelOptions(digit - '0')
            : throw new ArgumentException($"'options->levels' is '{digits}'; its digits can be 1 to {Vgg19.DeepestLevel}."));
}
