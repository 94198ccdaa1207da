using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Cli.Stylize;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary><c>wct optimize</c>: style transfer by optimizing the pixels of a picture.</summary>
internal static class OptimizeCommand
{
    internal const string Name = "optimize";

    internal const string Description =
        "Paint CONTENT in the style of STYLE by optimizing the result's pixels (Gatys et al.): slower than stylize, with more of the "
            + "style.";

    internal static void AddTo(Command command, CancellationToken cancellationToken)
    {
        Argument<string> content = new("CONTENT") { Description = "The photo.", CustomParser = Values.Path("CONTENT") };
        Argument<string[]> styles = new("STYLE")
        {
            Description = "The painting; several are mixed, with weights if need be: a.jpg:0.7 b.jpg:0.3.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Values.Texts("STYLE"),
        };
        Option<string?> output = OutputFile.Option(
            "The result's file; the extension chooses the format. Without it: the pictures' names, \"photo-painting.jpg\", in the current "
                + "folder.");
        Option<double> strength = NumberOption.Real(
            "--strength",
            "How much the style counts beside the content, with any network: above 1 is more style, below 1 more of the photo.", 1e-6, 1e6,
            1);
        Option<double?> styleWeight = Weight("--style-weight", "style");
        Option<double?> contentWeight = Weight("--content-weight", "content");
        Option<string> styleLoss = new("--style-loss")
        {
            Description = "What the style is: gram (Gram matrices of its features, Gatys et al.) or mrf (its patches of features, Li and "
                + "Wand).",
            HelpName = "gram|mrf",
            DefaultValueFactory = _ => "gram",
            CustomParser = Values.OneOf("--style-loss", ["gram", "mrf"]),
        };
        Option<string?> contentTap = LossOptions.ContentTap();
        Option<long> matchEvery = NumberOption.Whole(
            "--match-every", "With --style-loss mrf: steps from one matching of patches to the next.", 1, 1_000_000, 10);
        Option<string> start = new("--start")
        {
            Description = "What to start from: content, noise, previous (the result of --previous, moved by --flow), or a picture's file.",
            HelpName = "content|noise|previous|FILE",
            DefaultValueFactory = _ => "content",
            CustomParser = Values.Path("--start"),
        };
        Option<ulong> seed = SeedOption.Create("Chooses the noise of --start noise.");
        FrameArguments frames = new();
        Option<string[]> masks = Files(
            "--mask", "A gray picture of the photo's size: where it is white the style has its full share, where it is black none. One per "
                + "style, in their order.");
        Option<string[]> styleMasks = Files(
            "--style-mask", "A gray picture of the style's size: black pixels of the style don't count. One per style, in their order.");
        Option<ColorPreservation?> colors = new("--preserve-color")
        {
            Description = "Keep the photo's colors: linear or histogram (the style gets them before it is measured), or luminance (the "
                + "result gets them). With a strength if need be: luminance:0.5.",
            HelpName = "none|linear|luminance|histogram",
            CustomParser = Colors,
        };
        OptimizerArguments arguments = new(Defaults.Steps, Defaults.VariationWeight);
        foreach (Symbol symbol in (Symbol[])
        [
            content, styles, output, arguments.ContentSize, arguments.StyleSize, strength, styleWeight, contentWeight, styleLoss,
            arguments.StyleTaps, contentTap, matchEvery, start, seed, .. frames.All, masks, styleMasks, colors, .. arguments.Own,
            .. arguments.Common,
        ])
        {
            if (symbol is Option option)
                command.Add(option);
            else
                command.Add((Argument)symbol);
        }

        command.SetAction(parsed =>
        {
            string photo = parsed.GetRequiredValue(content);
            RecipeStyle[] paintings = [.. parsed.GetRequiredValue(styles).Select(Style)];
            string[] regions = OptimizerArguments.Given(parsed, masks), parts = OptimizerArguments.Given(parsed, styleMasks);
            CheckCount("--mask", regions, paintings.Length);
            CheckCount("--style-mask", parts, paintings.Length);
            FrameChoice earlier = frames.Read(parsed);
            string from = parsed.GetRequiredValue(start), file = parsed.GetValue(output)
                ?? OutputFile.DefaultName(photo, paintings.Select(style => style.File), PixelLayout.Rgb24);
            bool isMrf = parsed.GetValue(styleLoss) == "mrf";
            if (isMrf && (paintings.Length > 1 || regions.Length > 0 || parts.Length > 0))
                throw new UsageError("--style-loss mrf has one style without masks; gram has several and masks");
            if (!isMrf && OptimizerArguments.Has(parsed, matchEvery))
                throw new UsageError("--match-every is for --style-loss mrf");
            if (from != "noise" && OptimizerArguments.Has(parsed, seed))
                throw new UsageError("--seed is for --start noise");
            if (from == "previous" && earlier.Frames.Count == 0)
                throw new UsageError("--start previous is for --previous, which is missing");
            if (parsed.GetValue(styleWeight) is not null && OptimizerArguments.Has(parsed, strength))
                throw new UsageError("--strength changes the style's own weight, and --style-weight gives another one; leave one out");
            OptimizerRequest request = arguments.Read(parsed, file) with
            {
                Inputs =
                [
                    photo, .. paintings.Select(style => style.File), .. regions, .. parts, .. earlier.Files,
                    from is "content" or "noise" or "previous" ? null : from,
                ],
            };
            StyleChoice choice = new(
                parsed.GetValue(styleWeight), parsed.GetValue(strength), isMrf ? (int)parsed.GetValue(matchEvery) : null, paintings,
                regions, parts);
            ContentChoice kept = new(
                photo, parsed.GetValue(contentTap) ?? Defaults.ContentTapName, parsed.GetValue(contentWeight), from, parsed.GetValue(seed),
                parsed.GetValue(colors) ?? ColorPreservation.None);
            return OptimizeRun.Run(request, kept, choice, earlier, cancellationToken);
        });
    }

    private static RecipeStyle Style(string text)
    {
        RecipeStyle style = Path.Exists(text) ? new RecipeStyle(text) : RecipeText.Style(text, "STYLE");
        if (StylizeRequest.IsStyleFile(style.File))
            throw new UsageError($"{style.File}: is a style file; optimizing needs the picture");
        return style.Weight > 0 ? style : throw new UsageError($"STYLE is '{text}', its weight must be above 0");
    }

    private static void CheckCount(string option, string[] given, int styles)
    {
        if (given.Length > 0)
            OptimizerArguments.CheckCount(option, given.Length, "style", styles);
    }

    private static Option<double?> Weight(string name, string what) => new(name)
    {
        Description = $"Weight of the {what}'s loss as the paper defines it, per pixel; 0 leaves it out. Without it: one that suits the "
            + "network.",
        HelpName = "X",
        CustomParser = result => Values.Real(name, 0, 1e12)(result),
    };

    private static Option<string[]> Files(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = Values.Texts(name),
    };

    private static ColorPreservation? Colors(ArgumentResult result)
    {
        try
        {
            return RecipeText.PreserveColor(result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value, "--preserve-color");
        }
        catch (RecipeFormatException error)
        {
            result.AddError(error.Problem);
            return null;
        }
    }
}
