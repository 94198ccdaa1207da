using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Cli.Optimize;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>The command line of <c>wct texture</c>.</summary>
internal static class TextureCommand
{
    private const int LongestSide = 1 << 20, TileMultiple = 16;

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string[]> styles = ControlOptions.Styles();
        Option<string?> output = OutputFile.Option(
            "The result's file; the extension chooses the format. Without it: the style's name and \"-texture.png\", in the current "
                + "folder.");
        Option<(int Width, int Height)> size = SizeOption("Width and height in pixels.");
        Option<ulong> seed = SeedOption.Create(
            "Chooses the noise from which the texture is made; the same number gives the same texture.");
        Option<bool> tileable = new("--tileable")
        {
            Description = "Make a texture that repeats without a seam; both sides must be multiples of 16.",
        };
        Option<string?> saveRecipe = ControlOptions.SaveRecipe();
        MachineOptions machine = new();
        ControlOptions controls = new(ControlSet.Texture);
        GramTextureOptions gram = new();
        Command command = new("texture", "Make a texture that looks like STYLE, from noise.")
        {
            styles, output, size, seed, tileable, gram.Method,
        };
        controls.AddTo(command);
        command.Add(saveRecipe);
        machine.AddTo(command);
        gram.AddTo(command);
        command.SetAction(parsed =>
        {
            gram.CheckUse(parsed);
            StylizeRequest request = Request(parsed);
            return gram.IsChosen(parsed) ? GramTextureRun.Run(request, gram.Read(parsed, request), cancellationToken)
                : TextureRun.Run(request, cancellationToken);
        });
        return command;

        StylizeRequest Request(ParseResult parsed)
        {
            StylizeRequest request = controls.Read(parsed, parsed.GetValue(styles) ?? []);
            Recipe recipe = request.Recipe;
            if (recipe.Content is not null)
                throw new UsageError("the recipe is for a picture; 'wct stylize --recipe' makes it");
            if (recipe.Styles.Count == 0)
                throw new UsageError("STYLE is missing: the painting");
            (int width, int height) = Has(parsed, size) ? parsed.GetValue(size)
                : recipe.Texture is { } own ? (own.Width, own.Height) : (512, 512);
            bool tiles = parsed.GetValue(tileable) || recipe.Texture?.Tileable == true;
            if (tiles && (width % TileMultiple != 0 || height % TileMultiple != 0))
            {
                string what = Has(parsed, size) ? "--size is" : "--tileable is given, and the recipe's size is";
                throw new UsageError(
                    $"{what} {width}x{height}; the sides of a tileable texture must be multiples of {TileMultiple}, for example --size "
                        + $"{Tiled(width)}x{Tiled(height)}");
            }

            recipe = recipe with
            {
                Texture = new RecipeTexture(width, height)
                {
                    Seed = Has(parsed, seed) ? parsed.GetValue(seed) : recipe.Texture?.Seed ?? 0,
                    Tileable = tiles,
                },
            };
            string? file = parsed.GetValue(output);
            if (OutputFile.Problem(file ?? "", many: false) is { } problem)
                throw new UsageError(problem);
            return machine.Read(parsed, request with { Recipe = recipe }) with
            {
                Output = file,
                SaveRecipe = parsed.GetValue(saveRecipe),
            };
        }
    }

    /// <summary>The option for a texture's size. Without it, a texture has 512x512 pixels.</summary>
    internal static Option<(int Width, int Height)> SizeOption(string description) => new("--size")
    {
        Description = $"{description} Without it: 512x512.",
        HelpName = "WxH",
        CustomParser = Size,
    };

    // The nearest length that a tileable texture can have.
    private static int Tiled(int side) => Math.Max(1, (side + TileMultiple / 2) / TileMultiple) * TileMultiple;

    private static bool Has(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static (int Width, int Height) Size(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        string[] sides = text.Split('x');
        if (sides is [var first, var second] && Side(first) is { } width && Side(second) is { } height)
            return (width, height);
        result.AddError($"--size is '{text}', it must be a width and a height in 1..{LongestSide}: 1024x512");
        return default;
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= LongestSide ? side : null;
}
