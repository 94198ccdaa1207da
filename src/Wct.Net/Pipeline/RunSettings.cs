using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>The validated options of a call.</summary>
/// <param name="runs">The levels in the order in which they run, all passes one after the other.</param>
internal sealed class RunSettings(LevelRun[] runs)
{
    private int _perPass = runs.Length;

    /// <summary>The levels in the order in which they run.</summary>
    internal int[] Levels { get; } = Array.ConvertAll(runs, run => run.Level);

    internal IReadOnlyList<LevelRun> Runs => runs;

    internal ColorPreservation PreserveColor { get; private init; } = ColorPreservation.None;

    internal PhotoOptions? Photo { get; private init; }

    internal double StyleScale { get; private init; } = 1;

    internal Action<LevelPicture>? OnLevel { get; private init; }

    /// <summary>The pass to which a run belongs, counted from 1.</summary>
    /// <param name="run">Index of the run.</param>
    internal int Pass(int run) => run / _perPass + 1;

    /// <summary>Whether a level runs a transform that reads the style's features.</summary>
    internal bool UsesFeatures(int level) => runs.Any(run => run.Level == level && run.Transform.UsesFeatures);

    /// <summary>How far a level's transforms reach, in feature pixels.</summary>
    internal int Reach(int level) => runs.Where(run => run.Level == level).Max(run => run.Transform.Reach);

    /// <summary>Whether the style's pixels are changed before it is measured.</summary>
    internal bool Recolors => PreserveColor.ChangesStyle;

    /// <summary>Checks that a style has the colors that the settings ask for.</summary>
    /// <param name="isRecolored">Whether it was prepared with the content's colors.</param>
    /// <param name="name">The parameter of the public method.</param>
    /// <exception cref="ArgumentException">It was not.</exception>
    internal void CheckColors(bool isRecolored, string name)
    {
        if (Recolors && !isRecolored)
            throw new ArgumentException(
                $"The color preservation '{PreserveColor.Method}' changes the style's pixels, and the style was prepared without the "
                    + $"content's colors. Prepare it with these, or use '{ColorPreservationMethod.Luminance}'.", name);
    }

    /// <summary>Validates options.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or there is no such level.</exception>
    internal static RunSettings Of(StylizeOptions options, WctModel model)
    {
        CheckStrength(options.Strength, "The strength");
        if (options.Transform is null)
            throw new ArgumentException("The transform is null.", nameof(options));
        if (options.Passes is < 1 or > MostPasses)
            throw new ArgumentException($"There are {options.Passes} passes; there must be 1 to {MostPasses}.", nameof(options));
        if (!(options.StyleScale > 0 && options.StyleScale <= MostStyleScale))
            throw new ArgumentException(
                FormattableString.Invariant($"The style's scale is {options.StyleScale}; it must be above 0 and at most {MostStyleScale}."),
                nameof(options));
        if (options.PreserveColor is null)
            throw new ArgumentException("The color preservation is null.", nameof(options));
        CheckStrength(options.PreserveColor.Strength, "The strength of the color preservation");
        if (options.Photo is { } photo)
            Check(photo, options);
        LevelRun[] pass = [.. Pipeline.Levels.Resolve(options.Levels, model).Select(level => Run(level, options))];
        return new RunSettings([.. Enumerable.Repeat(pass, options.Passes).SelectMany(runs => runs)])
        {
            PreserveColor = options.PreserveColor,
            Photo = options.Photo,
            StyleScale = options.StyleScale,
            OnLevel = options.OnLevel,
            _perPass = pass.Length,
        };
    }

    /// <summary>The highest values of options.</summary>
    internal const int MostPasses = 100, MostStyleScale = 16, MostRadius = 1000, MostDetail = 4;

    private static LevelRun Run(LevelOptions level, StylizeOptions options)
    {
        if (level.Strength is { } strength)
            CheckStrength(strength, $"The strength of level {level.Level}");
        return new LevelRun(level.Level, level.Strength, options.Strength, level.Transform ?? options.Transform);
    }

    /// <exception cref="ArgumentException">The strength is outside 0..1.</exception>
    internal static void CheckStrength(double strength, string what, string name = "options")
    {
        if (!(strength >= 0 && strength <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{what} is {strength}; it must lie in 0..1."), name);
    }

    private static void Check(PhotoOptions photo, StylizeOptions options)
    {
        if (photo.Radius is < 1 or > MostRadius)
            throw new ArgumentException($"The photo mode's radius is {photo.Radius}; it must be 1 to {MostRadius}.", nameof(options));
        if (!(photo.Epsilon > 0 && double.IsFinite(photo.Epsilon)))
            throw new ArgumentException(
                FormattableString.Invariant($"The photo mode's epsilon is {photo.Epsilon}; it must be above 0."), nameof(options));
        if (!(photo.Detail >= 0 && photo.Detail <= MostDetail))
            throw new ArgumentException(
                FormattableString.Invariant($"The photo mode's detail is {photo.Detail}; it must lie in 0..{MostDetail}."),
                nameof(options));
    }
}

/// <summary>One level of a run.</summary>
/// <param name="Level">1 to 5.</param>
/// <param name="OwnStrength">The strength that was given for this level; null if none was.</param>
/// <param name="CommonStrength">The strength of all levels.</param>
/// <param name="Transform">Changes the features.</param>
internal sealed record LevelRun(int Level, double? OwnStrength, double CommonStrength, FeatureTransform Transform)
{
    /// <summary>α for a region, whose strength stands for that of all levels if it has one.</summary>
    internal double Strength(double? ofRegion) => OwnStrength ?? ofRegion ?? CommonStrength;
}
