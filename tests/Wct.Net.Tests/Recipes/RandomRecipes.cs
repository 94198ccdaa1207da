using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Recipes;

/// <summary>Creates valid recipes with random settings, each with and without every setting.</summary>
internal static class RandomRecipes
{
    private static readonly string[] Files =
        ["a.jpg", @"C:\pictures\Grün.png", "日本 🎨.png", "with \"quotes\"\n.jpg", "\u2028<b>&'", "x:0.7"];

    private static readonly ColorPreservation[] Colors =
        [ColorPreservation.None, ColorPreservation.Linear, ColorPreservation.Luminance, ColorPreservation.Histogram];

    internal static Recipe Create(Random random)
    {
        RecipeTexture? texture = Maybe(random, 3) ? Texture(random) : null;
        bool hasLabels = texture is null && Maybe(random), hasRegions = texture is null;
        int count = random.Next(hasLabels ? 1 : 0, 5);
        RecipeStyle[] styles = [.. Enumerable.Range(0, count).Select(i => Style(random, hasRegions, hasLabels, i))];
        Recipe recipe = new()
        {
            Content = texture is null && Maybe(random) ? new(File(random)) { Size = Maybe(random) ? random.Next(1, 5000) : null } : null,
            Styles = styles,
            StyleSize = Maybe(random) ? random.Next(1, 5000) : null,
            StyleScale = Maybe(random) ? 1 : 16 * (1 - random.NextDouble()),
            Labels = hasLabels ? File(random) : null,
            Feather = Maybe(random) ? random.Next(4001) : 0,
            Mixing = (StyleMixing)random.Next(2),
            Transform = Transform(random),
            Levels = Maybe(random) ? [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Level(random))] : null,
            PreserveColor = texture is null ? Color(random) : ColorPreservation.None,
            Photo = texture is null && Maybe(random) ? Photo(random) : null,
            Texture = texture,
            Model = Maybe(random) ? File(random) : null,
        };
        recipe = Maybe(random) ? recipe with { Strength = Unit(random) } : recipe;
        return Maybe(random) ? recipe with { Passes = random.Next(1, 101) } : recipe;
    }

    private static RecipeStyle Style(Random random, bool hasRegions, bool hasLabels, int number)
    {
        // The first style has a label if there are labels.
        bool isLabeled = hasLabels && (number == 0 || Maybe(random));
        return new RecipeStyle(File(random))
        {
            // Not 0 for the first one: a weight must be above 0.
            Weight = Maybe(random) ? 1 : number > 0 && Maybe(random) ? 0 : Math.Pow(10, 20 * random.NextDouble() - 10),
            Mask = hasRegions && !isLabeled && Maybe(random) ? File(random) : null,
            Label = !isLabeled ? null : Maybe(random) ? "#fA0" : $"#{random.Next(1 << 24):x6}",
            StyleMask = Maybe(random) ? File(random) : null,
            Strength = hasRegions && Maybe(random) ? Unit(random) : null,
        };
    }

    private static LevelOptions Level(Random random) => new(random.Next(1, 6))
    {
        Strength = Maybe(random) ? Unit(random) : null,
        Transform = Maybe(random) ? Transform(random) : null,
    };

    private static RecipeTexture Texture(Random random)
    {
        bool isTileable = Maybe(random);
        int unit = isTileable ? 16 : 1;
        return new(unit * random.Next(1, 100), unit * random.Next(1, 100))
        {
            Seed = Maybe(random) ? 0 : Maybe(random) ? ulong.MaxValue : (ulong)random.NextInt64(),
            Tileable = isTileable,
        };
    }

    private static PhotoOptions Photo(Random random) => Maybe(random) ? new() : new()
    {
        Radius = Maybe(random) ? random.Next(1, 1001) : null,
        Epsilon = Maybe(random) ? 1e-4 : Math.Pow(10, 600 * random.NextDouble() - 300),
        Detail = Maybe(random) ? 1 : 4 * random.NextDouble(),
    };

    private static ColorPreservation Color(Random random)
    {
        ColorPreservation color = Colors[random.Next(Colors.Length)];
        return color == ColorPreservation.None || Maybe(random) ? color : color with { Strength = Unit(random) };
    }

    private static double Unit(Random random) => random.Next(5) switch
    {
        0 => 0,
        1 => 1,
        2 => double.Epsilon,
        _ => random.NextDouble(),
    };

    private static FeatureTransform Transform(Random random) => FeatureTransform.All[random.Next(FeatureTransform.All.Count)];

    private static string File(Random random) => Files[random.Next(Files.Length)];

    private static bool Maybe(Random random, int oneIn = 2) => random.Next(oneIn) == 0;
}
