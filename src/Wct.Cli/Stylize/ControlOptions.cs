using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Cli.Stylize;

/// <summary>Options of the commands that make pictures: what the result looks like.</summary>
internal sealed partial class ControlOptions
{
    /// <summary>The help text of <c>--alpha</c> for pictures.</summary>
    internal const string StrengthHelp =
        "Strength of the style, from 0 (the photo as the networks give it back, a little softer) to 1 (full).";

    private const int LongestSide = 1 << 20, MostPasses = 100;

    private const double LargestScale = 16;

    private readonly Option<LevelSettings?> _alpha, _transform;
    private readonly Option<int[]?> _levels;
    private readonly Option<long> _passes, _styleSize, _feather;
    private readonly Option<double> _styleScale;
    private readonly Option<string?> _mix, _labels, _recipe;
    private readonly Option<string[]> _masks, _styleMasks, _labeled;
    private readonly Option<ColorPreservation?> _colors;
    private readonly Option<bool> _photo, _whiten;
    private readonly ControlSet _set;

    /// <param name="set">The controls that the command has.</param>
    internal ControlOptions(ControlSet set = ControlSet.All)
    {
        _set = set;
        bool isTexture = set is ControlSet.Texture or ControlSet.Style;
        string help = isTexture ? "Strength of the style, from 0 (only the networks' own blur) to 1 (full)." : StrengthHelp;
        string strength = isTexture ? "1" : FormattableString.Invariant($"{StylizeOptions.DefaultStrength}");
        _alpha = new("--alpha", "-a")
        {
            Description = $"{help} One number, or a number per level: 5:0.4,4:1; {strength} for the others.",
            HelpName = "0..1|L:0..1,...",
            CustomParser = Parsed(text => RecipeText.Strengths(text, "--alpha")),
        };
        _transform = new("--transform")
        {
            Description = "How features get the style's statistics: wct (whitening and coloring), adain (mean and variance, fastest), ot "
                + "(optimal transport, keeps more of the photo), swap (the most similar patches of the style, on whitened features), "
                + "swap-raw (the same on the features themselves). One, or one per level: 5:swap,4:wct; wct for the others.",
            HelpName = "NAME|L:NAME,...",
            CustomParser = Parsed(text => RecipeText.Transforms(text, "--transform")),
        };
        _levels = new("--levels", "-l")
        {
            Description = "Levels to run, in this order: 5 changes the largest structures, 1 the colors. A level that is left out does "
                + "nothing. Without it: all of the model, deepest first (54321).",
            HelpName = "54321",
            CustomParser = Values.Digits("--levels", 1, Vgg19.DeepestLevel),
        };
        _passes = new("--passes")
        {
            Description = $"How often all levels run, each time on the result of the time before. Without it: {(isTexture ? 3 : 1)}.",
            HelpName = "N",
            CustomParser = Values.Whole("--passes", 1, MostPasses),
        };
        _styleSize = new("--style-size")
        {
            Description = "Resize each style so that its shorter side has this many pixels, its proportions kept. A smaller one gives "
                + "finer strokes. Without it: its own size.",
            HelpName = "PIXELS",
            CustomParser = Values.Whole("--style-size", 1, LongestSide),
        };
        _styleScale = new("--style-scale")
        {
            Description = "Resize each style by this factor: above 1 for larger strokes, below 1 for finer ones.",
            HelpName = "X",
            DefaultValueFactory = _ => 1,
            CustomParser = Values.Real("--style-scale", 0.01, LargestScale),
        };
        _mix = new("--mix")
        {
            Description = "How several styles become one: features (the mean of the pictures' features in each style, the default) or "
                + "covariance (one style between them).",
            HelpName = "features|covariance",
            CustomParser = Values.OneOf("--mix", ["features", "covariance"]),
        };
        _styleMasks = Many("--style-mask", "A gray picture of the style's size: black pixels of the style don't count. One per style, in "
            + "their order.");
        _masks = Many("--mask", "A gray picture of the photo's size: where it is white the style has its full share, where it is black "
            + "none. One per style, in their order. What no mask covers stays photo.");
        _feather = new("--feather")
        {
            Description = "Soften the edges of masks and labels by this many pixels to each side.",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => 0,
            CustomParser = Values.Whole("--feather", 0, 4000),
        };
        _labels = new("--labels")
        {
            Description = "A picture of the photo's size in which each region has a color of its own; --label gives these their styles.",
            HelpName = "FILE",
            CustomParser = Values.Path("--labels"),
        };
        _labeled = Many("--label", "A color of --labels and the style of its pixels: \"#ff0000=a.jpg\".", "COLOR=STYLE");
        _colors = new("--preserve-color")
        {
            Description = "Keep the photo's colors: linear or histogram (the style gets them before it is measured), or luminance (the "
                + "result gets them). With a strength if need be: luminance:0.5.",
            HelpName = "none|linear|luminance|histogram",
            CustomParser = Parsed(text => RecipeText.PreserveColor(text, "--preserve-color")),
        };
        _photo = new("--photo") { Description = "Keep the photo's edges and details: only its colors and light change." };
        _whiten = new("--whiten-only")
        {
            Description = "Use no style: show what whitening leaves of the photo (with --levels 4, figure 4 of the paper).",
        };
        _recipe = new("--recipe")
        {
            Description = "Take all settings from a recipe, or from a PNG result, which holds its recipe; options that are given replace "
                + "the recipe's.",
            HelpName = "FILE",
            CustomParser = Values.Path("--recipe"),
        };
    }

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        Option[] varied = [_alpha, _levels, _transform], styles = [_passes, _styleSize, _styleScale],
            content = [_colors, _photo], regions = [_masks, _feather, _labels, _labeled, _whiten], mixtures = [_mix, _styleMasks];
        foreach (Option option in (Option[])
        [
            .. _set == ControlSet.Compared ? [] : _set == ControlSet.Style ? [_levels, _transform] : varied,
            .. _set == ControlSet.Style ? [_styleSize, _styleScale, _styleMasks] : styles,
            .. _set is ControlSet.Compared or ControlSet.Style ? [] : mixtures, .. _set == ControlSet.All ? regions : [],
            .. _set is ControlSet.Texture or ControlSet.Style ? [] : content,
        ])
            command.Add(option);
        if (_set is ControlSet.All or ControlSet.Texture)
            command.Add(_recipe);
    }

    /// <summary>Reads the controls.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="styles">The command's style arguments, with their weights.</param>
    /// <exception cref="Failure">A recipe can't be read.</exception>
    /// <exception cref="UsageError">Options don't fit together.</exception>
    internal StylizeRequest Read(ParseResult parsed, IReadOnlyList<string> styles)
    {
        Recipe recipe = parsed.GetValue(_recipe) is { } file ? RecipeInput.Load(file) : new Recipe();
        if (styles.Count > 0 || Has(parsed, _labeled))
            recipe = recipe with { Styles = Styles(parsed, styles), Labels = null };
        else if (Has(parsed, _masks) || Has(parsed, _styleMasks))
            throw new UsageError("--mask and --style-mask belong to styles, and none is given");
        if (_set is not (ControlSet.Texture or ControlSet.Style))
            recipe = Regions(parsed, recipe);
        if (Has(parsed, _mix))
            recipe = recipe with { Mixing = Enum.Parse<StyleMixing>(parsed.GetValue(_mix)!, ignoreCase: true) };
        if (Has(parsed, _styleSize))
            recipe = recipe with { StyleSize = (int)parsed.GetValue(_styleSize) };
        if (Has(parsed, _styleScale))
            recipe = recipe with { StyleScale = parsed.GetValue(_styleScale) };
        if (Has(parsed, _passes))
            recipe = recipe with { Passes = (int)parsed.GetValue(_passes) };
        LevelSettings? alpha = parsed.GetValue(_alpha), transform = parsed.GetValue(_transform);
        if (alpha?.Strength is { } strength)
            recipe = recipe with { Strength = strength };
        if (transform?.Transform is { } given)
            recipe = recipe with { Transform = given };
        // If the option is absent, the parser returns an empty array and not null.
        int[]? levels = parsed.GetValue(_levels) is { Length: > 0 } digits ? digits : null;
        CheckUse(parsed, recipe);
        return new StylizeRequest
        {
            Recipe = recipe,
            RecipeFile = parsed.GetValue(_recipe),
            Strengths = alpha,
            Transforms = transform,
            Levels = levels,
            FromOptions = Properties(parsed, styles.Count > 0),
        };
    }

    private Recipe Regions(ParseResult parsed, Recipe recipe)
    {
        if (Has(parsed, _labels))
            recipe = recipe with { Labels = parsed.GetValue(_labels) };
        if (recipe.Labels is null && recipe.Styles.FirstOrDefault(style => style.Label is not null) is { } labeled)
        {
            throw new UsageError(
                $"--label gives {labeled.File} the color {labeled.Label}, and --labels is missing: it names the picture of colors");
        }

        if (recipe.Labels is not null && recipe.Styles.All(style => style.Label is null))
            throw new UsageError($"--labels is {recipe.Labels}, and no --label gives one of its colors a style");
        if (Has(parsed, _feather))
            recipe = recipe with { Feather = (int)parsed.GetValue(_feather) };
        if (parsed.GetValue(_colors) is { } colors)
            recipe = recipe with { PreserveColor = colors };
        if (parsed.GetValue(_photo))
            recipe = recipe with { Photo = recipe.Photo ?? new PhotoOptions() };
        if (!parsed.GetValue(_whiten))
            return recipe;
        if (recipe.Styles.Count > 0)
            throw new UsageError($"--whiten-only uses no style, and {recipe.Styles[0].File} is given");
        if (RecipeStyles.NeedsContentColors(recipe))
        {
            throw new UsageError(
                $"--whiten-only uses no style, and --preserve-color {RecipeText.Of(recipe.PreserveColor)} changes the style's colors; "
                    + "luminance changes those of the result");
        }

        return recipe with { Transform = FeatureTransform.Whitening, Strength = 1 };
    }

    private RecipeStyle[] Styles(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        string[] masks = Given(parsed, _masks), styleMasks = Given(parsed, _styleMasks), labeled = Given(parsed, _labeled);
        if (masks.Length > 0 && labeled.Length > 0)
            throw new UsageError("--mask and --label can't be used together; both give styles their regions");
        if (labeled.Length > 0 && arguments.Count > 0)
        {
            throw new UsageError(
                $"--label gives its colors their styles, and {arguments[0]} has none; write --label \"#ff0000={arguments[0]}\"");
        }

        RecipeStyle[] styles = labeled.Length > 0
            ? Array.ConvertAll(labeled, text => RecipeText.LabeledStyle(text, "--label"))
            : [.. arguments.Select(Style)];
        if (styles.All(style => style.Weight == 0))
            throw new UsageError($"styles have no weight above 0; {styles[0].File} has 0");
        CheckCount("--mask", masks, styles.Length);
        CheckCount("--style-mask", styleMasks, styles.Length);
        return [.. styles.Select((style, i) => style with
        {
            Mask = masks.Length > 0 ? masks[i] : null, StyleMask = styleMasks.Length > 0 ? styleMasks[i] : null,
        })];
    }

    private RecipeStyle Style(string text)
    {
        // A file whose name ends like a weight is a file.
        RecipeStyle style = Path.Exists(text) ? new RecipeStyle(text) : RecipeText.Style(text, "STYLE");
        if (_set is ControlSet.OneRegion or ControlSet.Compared && style.File != text)
        {
            string reason = _set == ControlSet.OneRegion ? "a grid sets the weights itself" : "a comparison doesn't mix its styles";
            throw new UsageError($"STYLE is '{text}', and {reason}; leave the weight out: {style.File}");
        }

        return style;
    }

    private static void CheckCount(string option, string[] given, int styles)
    {
        if (given.Length > 0 && given.Length != styles)
        {
            throw new UsageError(
                $"{option} is given {Times(given.Length)} for {styles} style{(styles == 1 ? "" : "s")}; give it once per style");
        }
    }

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private string[] Given(ParseResult parsed, Option<string[]> option) => Has(parsed, option) ? parsed.GetValue(option) ?? [] : [];

    private static bool Has(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<string[]> Many(string name, string description, string help = "FILE") => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = Values.Texts(name),
    };

    private static Func<ArgumentResult, T?> Parsed<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return parse(result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value);
        }
        catch (RecipeFormatException error)
        {
            result.AddError(error.Problem);
            return default;
        }
    };
}

/// <summary>Which controls a command has.</summary>
internal enum ControlSet
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those without a content.</summary>
    Texture,

    /// <summary>Those that matter when a style is measured.</summary>
    Style,

    /// <summary>Those without regions of the content.</summary>
    OneRegion,

    /// <summary>Those without regions, mixtures, and what a sheet compares.</summary>
    Compared,
}
