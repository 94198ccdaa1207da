using System.CommandLine;
using Wct.Imaging;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>The command line of <c>wct stylize</c>.</summary>
internal static class StylizeCommand
{
    private const int LongestSide = 1 << 20;

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string?> content = new("CONTENT")
        {
            Description = "The photo; or a folder of photos, or a quoted pattern: 'photos/*.jpg', 'photos/**/*.jpg' with the folders "
                + $"below. Reads {string.Join(' ', ImageFile.Extensions)}.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Values.Path("CONTENT"),
        };
        Argument<string[]> styles = ControlOptions.Styles(" A folder, or a quoted pattern: then every photo is painted in every style.");
        Option<string?> output = OutputFile.Option(
            $"The result's file; the extension chooses the format: {string.Join(' ', ImageFile.WritableExtensions)}. An existing file is "
                + "replaced, but no input (see --force). Without it: the pictures' names, \"photo-painting.jpg\", in the current folder, "
                + "in the content's format (PNG if it has alpha or the format can't be written). With folders and patterns: the folder for "
                + "results of such names, which is made if it is not there.");
        Option<long> size = new("--size")
        {
            Description = "Resize the content so that its shorter side has this many pixels, its proportions kept. Without it: its own "
                + "size.",
            HelpName = "PIXELS",
            CustomParser = Values.Whole("--size", 1, LongestSide),
        };
        Option<string?> saveRecipe = ControlOptions.SaveRecipe();
        Option<string?> saveLevels = new("--save-levels")
        {
            Description = "Write the picture of each level into this folder, which is made if it is not there: level5.png and so on.",
            HelpName = "FOLDER",
            CustomParser = Values.Path("--save-levels"),
        };
        MachineOptions machine = new();
        ControlOptions controls = new();
        Command command = new(
            "stylize", "Paint CONTENT in the style of STYLE. Alpha of the content is kept in a result whose format has alpha, such as PNG.")
        {
            content, styles, output, size,
        };
        controls.AddTo(command);
        command.Add(saveRecipe);
        command.Add(saveLevels);
        machine.AddTo(command);
        command.SetAction(parsed => StylizeRun.Run(Request(parsed), cancellationToken));
        return command;

        StylizeRequest Request(ParseResult parsed)
        {
            StylizeRequest request = controls.Read(parsed, parsed.GetValue(styles) ?? []);
            Recipe recipe = request.Recipe;
            if (recipe.Texture is not null)
                throw new UsageError("the recipe is for a texture; 'wct texture --recipe' makes it");
            string photo = parsed.GetValue(content) ?? recipe.Content?.File ?? throw new UsageError("CONTENT is missing: the photo");
            bool usesStyle =
                recipe.Transform.UsesStyle || request.Transforms?.Levels.Any(level => level.Transform?.UsesStyle == true) == true;
            if (recipe.Styles.Count == 0 && usesStyle)
                throw new UsageError("STYLE is missing: the painting");
            string[] words = [photo, .. recipe.Styles.Select(style => style.File)];
            bool many = words.Any(PictureList.IsMany);
            if (many && (parsed.GetValue(saveRecipe) ?? parsed.GetValue(saveLevels)) is not null)
                throw new UsageError("--save-recipe and --save-levels belong to a single picture, and there are several");
            if (many && recipe.Styles.Count == 0)
                throw new UsageError("folders and patterns make a result for every pair of a content and a style, and there is no style");
            if (many && recipe.Styles is not [{ Mask: null, Label: null, StyleMask: null, Strength: null }])
                throw new UsageError(
                    "folders and patterns make a result for every pair of a content and one style; masks, labels, a style's own strength "
                        + "and several styles belong to a single picture");
            // A folder that does not exist would be taken for a picture, and the message would be about the folder of the results.
            if (!many && words.FirstOrDefault(word => word.Length > 0 && !Path.HasExtension(word) && !Path.Exists(word)) is { } missing)
                throw new UsageError($"{missing}: no such file or folder");
            string? file = parsed.GetValue(output);
            if (OutputFile.Problem(file ?? "", many) is { } problem)
            {
                // Several styles may be what the shell made of a pattern.
                string expanded = !many && recipe.Styles.Count > 1
                    ? "; several pictures after the first are styles to be mixed: for several contents quote a pattern, 'photos/*.jpg'"
                    : "";
                throw new UsageError(problem + expanded);
            }

            return machine.Read(parsed, request) with
            {
                Content = photo,
                Output = file,
                IsMany = many,
                ContentSide = parsed.GetResult(size) is { Implicit: false } ? (int)parsed.GetValue(size) : recipe.Content?.Size ?? 0,
                SaveRecipe = parsed.GetValue(saveRecipe),
                SaveLevels = parsed.GetValue(saveLevels),
            };
        }
    }
}
