using Wct.Kernels;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>The options of a command that makes a picture, validated as far as possible without opening files.</summary>
internal sealed record StylizeRequest
{
    /// <summary>What the result looks like. Levels are not complete before the model is known; see <see cref="Complete"/>.</summary>
    internal required Recipe Recipe { get; init; }

    /// <summary>The file that the recipe was read from; null if there is none.</summary>
    internal string? RecipeFile { get; init; }

    /// <summary>Strengths per level; null for none.</summary>
    internal LevelSettings? Strengths { get; init; }

    /// <summary>Transforms per level; null for none.</summary>
    internal LevelSettings? Transforms { get; init; }

    /// <summary>Levels in the order in which they run; null for the recipe's, or for all of the model.</summary>
    internal int[]? Levels { get; init; }

    /// <summary>The recipe's properties that come from the command line, by their names in recipes.</summary>
    internal IReadOnlySet<string> FromOptions { get; init; } = new HashSet<string>();

    /// <summary>The photo's file, or a folder or pattern for several photos; empty for a texture.</summary>
    internal string Content { get; init; } = "";

    /// <summary>The painting's file, or a folder or pattern for several paintings, if there is one style.</summary>
    internal string Style => Recipe.Styles[0].File;

    /// <summary>The model's file or folder; null for the built-in one.</summary>
    internal string? Weights { get; init; }

    /// <summary>The result's file; null for the default name. The folder of the results if there are several pictures.</summary>
    internal string? Output { get; init; }

    /// <summary>Whether one of the pictures is a folder or a pattern.</summary>
    internal bool IsMany { get; init; }

    /// <summary>Whether a result may replace an input.</summary>
    internal bool Force { get; init; }

    /// <summary>Length in pixels to which to resize the content's shorter side; 0 keeps the size.</summary>
    internal int ContentSide { get; init; }

    /// <summary>The file for the recipe; null for none.</summary>
    internal string? SaveRecipe { get; init; }

    /// <summary>The folder for each level's picture; null for none.</summary>
    internal string? SaveLevels { get; init; }

    /// <summary>The device to compute on.</summary>
    internal DeviceChoice Device { get; init; }

    /// <summary>Lowest precision that convolutions may use.</summary>
    internal ConvolutionPrecision Precision { get; init; }

    /// <summary>A value of <see cref="EigensolverChoice"/>.</summary>
    internal string Eigensolver { get; init; } = EigensolverChoice.BuiltIn;

    /// <summary>Number of threads; 0 for one per processor.</summary>
    internal int Threads { get; init; }

    /// <summary>Quality of a lossy result, 1 to 100; 0 for the format's default.</summary>
    internal int Quality { get; init; }

    /// <summary>Maximum number of pixels of a picture, before and after resizing.</summary>
    internal long MaxPixels { get; init; }

    /// <summary>Memory budget of the process in bytes; null for the library's default.</summary>
    internal long? MaxMemory { get; init; }

    /// <summary>Whether to refuse damaged pictures that could be read with a warning.</summary>
    internal bool Strict { get; init; }

    /// <summary>Whether to leave the content's Exif data and color profile, and the recipe, out of the result.</summary>
    internal bool StripMetadata { get; init; }

    /// <summary>Whether to print only errors.</summary>
    internal bool Quiet { get; init; }

    /// <summary>Whether a file's name is that of a prepared style.</summary>
    internal static bool IsStyleFile(string file) => file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>All files that are read.</summary>
    internal IEnumerable<string?> Inputs =>
    [
        Content.Length > 0 ? Content : null, Weights, Recipe.Labels, RecipeFile,
        .. Recipe.Styles.SelectMany(style => (string?[])[style.File, style.Mask, style.StyleMask]),
    ];

    /// <summary>Whether the style is a single picture that is used as it is, so that content and style can be read at the same
    /// time.</summary>
    internal bool IsPlain => Recipe is { Styles: [{ Mask: null, Label: null, StyleMask: null, Strength: null }], StyleScale: 1 }
        && !IsStyleFile(Style)
        && Recipe.PreserveColor.Method is ColorPreservationMethod.None or ColorPreservationMethod.Luminance;

    /// <summary>The recipe with everything that decides the result: the files, and the levels with their strengths and
    /// transforms.</summary>
    /// <param name="model">The levels that a model has, deepest first.</param>
    /// <exception cref="Failure">The model lacks a level.</exception>
    /// <exception cref="UsageError">Settings don't fit together.</exception>
    /// <exception cref="RecipeFormatException">A level that doesn't run has a strength or a transform.</exception>
    internal Recipe Complete(IReadOnlyList<int> model)
    {
        IReadOnlyList<LevelOptions> levels = Levels is null ? Recipe.Levels ?? LevelOptions.Of(model) : OfRecipe(Levels);
        if (levels.FirstOrDefault(level => !model.Contains(level.Level)) is { } missing)
        {
            throw new Failure(
                $"{Weights ?? Wct.Cli.Weights.ModelInput.BuiltIn}: level {missing.Level} is asked for, the model has "
                    + $"{string.Join(", ", model)}");
        }

        // A value for all levels replaces what the recipe's levels have of their own.
        if (Strengths?.Strength is not null)
            levels = [.. levels.Select(level => level with { Strength = null })];
        if (Transforms?.Transform is not null)
            levels = [.. levels.Select(level => level with { Transform = null })];
        levels = Strengths?.ApplyTo(levels, "--alpha") ?? levels;
        levels = Transforms?.ApplyTo(levels, "--transform") ?? levels;
        Recipe complete = Recipe with
        {
            Content = Content.Length > 0 ? new RecipePicture(Content) { Size = ContentSide > 0 ? ContentSide : null } : null,
            Levels = levels,
            Model = Weights is Wct.Cli.Weights.ModelInput.BuiltInName ? null : Weights,
        };
        try
        {
            // Only a valid recipe can be written.
            _ = complete.ToJson();
            return complete;
        }
        catch (InvalidOperationException error)
        {
            throw new UsageError(OptionNames.In(error.Message, FromOptions));
        }
    }

    // Levels keep the settings that they have in the recipe.
    private LevelOptions[] OfRecipe(int[] levels) =>
        Array.ConvertAll(levels, level => Recipe.Levels?.FirstOrDefault(own => own.Level == level) ?? new LevelOptions(level));

    /// <summary>Checks before long work begins that the result and the recipe can be written, and replace no input.</summary>
    /// <param name="output">The result's file.</param>
    /// <exception cref="Failure">A file would replace an input, or can't be written.</exception>
    internal void CheckFiles(string output)
    {
        InputGuard? guard = Force ? null : new InputGuard(Inputs);
        guard?.Check(output);
        if (SaveRecipe is not { } recipe)
            return;
        guard?.Check(recipe);
        if (!Path.GetExtension(recipe).Equals(".json", StringComparison.OrdinalIgnoreCase))
            throw new UsageError($"--save-recipe is '{recipe}'; a recipe's file ends with .json");
        if (Path.GetDirectoryName(Path.GetFullPath(recipe)) is { } folder && !Directory.Exists(folder))
            throw new Failure($"{recipe}: there is no folder {folder}");
    }
}
