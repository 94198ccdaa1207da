using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Cli.Methods;
using Wct.Cli.Stylize;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Cli.Sheets;

/// <summary>The command line of <c>wct compare</c>.</summary>
internal static class CompareCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string> content = new("CONTENT") { Description = "The photo.", CustomParser = Values.Path("CONTENT") };
        Argument<string[]> styles = new("STYLE")
        {
            Description = "The painting, or a style file. Several make a row of pictures each.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Values.Texts("STYLE"),
        };
        Option<double[]?> strengths = new("--alpha", "-a")
        {
            Description = "Compare these strengths: 0.2,0.4,0.6,0.8,1.",
            HelpName = "X,X,...",
            CustomParser = Strengths,
        };
        Option<string[]?> transforms = new("--transform")
        {
            Description = "Compare these transforms: wct,adain,ot,swap,swap-raw.",
            HelpName = "NAME,NAME,...",
            CustomParser = List(name => RecipeText.Transforms(name, "--transform").Transform
                ?? throw new RecipeFormatException(null, $"--transform has '{name}'; a comparison needs one transform for all levels")),
        };
        Option<string[]?> levels = new("--levels", "-l")
        {
            Description = "Compare these levels: 54321,5,4,3,2,1.",
            HelpName = "DIGITS,DIGITS,...",
            CustomParser = List(digits => digits.Length > 0 && digits.All(digit => digit is >= '1' and <= '5')
                ? digits : throw new RecipeFormatException(null, $"--levels has '{digits}'; it must be made of the digits 1 to 5")),
        };
        MethodOptions methods = new();
        SheetOptions sheet = new("compare");
        MachineOptions machine = new(hasMetadata: false);
        ControlOptions controls = new(ControlSet.Compared);
        Command command = new(
            "compare", "Draw CONTENT in several strengths, transforms, levels or styles, as one labeled sheet to choose from. One of the "
                + "lists makes the columns, a second one or several styles the rows. Without a list: strengths 0.2 to 1. With --methods: "
                + "one picture by each method, with its time and its losses.")
        {
            content, styles, strengths, transforms, levels,
        };
        methods.AddTo(command);
        sheet.AddTo(command);
        controls.AddTo(command);
        machine.AddTo(command);
        command.SetAction(parsed =>
        {
            StylizeRequest request = sheet.Read(
                parsed, machine.Read(parsed, controls.Read(parsed, parsed.GetValue(styles)!)), parsed.GetRequiredValue(content));
            MethodRequest? chosen = methods.Read(parsed);
            List<Axis> axes = [];
            if (request.Recipe.Styles.Count > 1)
                axes.Add(new Axis("STYLE", [.. request.Recipe.Styles.Select(Style)]));
            if (parsed.GetValue(levels) is { Length: > 0 } sets)
                axes.Add(new Axis("--levels", [.. sets.Select(Levels)]));
            if (parsed.GetValue(transforms) is { Length: > 0 } names)
                axes.Add(new Axis("--transform", [.. names.Select(Transform)]));
            if (parsed.GetValue(strengths) is { Length: > 0 } alphas)
                axes.Add(new Axis("--alpha", [.. alphas.Select(Strength)]));
            if (chosen is not null)
                return new MethodRun(OfMethods(request, axes), chosen, cancellationToken).Run(sheet.CellSize(parsed));
            if (axes.Count == 0 || axes is [{ Name: "STYLE" }])
                axes.Add(new Axis("--alpha", [.. new[] { 0.2, 0.4, 0.6, 0.8, 1 }.Select(Strength)]));
            return Run(request, Merged(axes), sheet.CellSize(parsed), cancellationToken);
        });
        return command;
    }

    // A sheet of methods has one pair of pictures, and the same settings for all transforms.
    private static StylizeRequest OfMethods(StylizeRequest request, List<Axis> axes)
    {
        if (StylizeRequest.IsStyleFile(request.Style))
            throw new UsageError($"{request.Style}: is a style file; --methods needs the picture");
        if (axes.Find(axis => axis.Name == "--transform") is not null)
            throw new UsageError("--transform and --methods both choose transforms; leave --transform out");
        if (axes.Find(axis => axis.Choices.Length > 1) is { } many)
            throw new UsageError($"{many.Name} has {many.Choices.Length} values; with --methods it has one");
        return axes.Aggregate(request, (made, axis) => axis.Choices[0].Apply(made));
    }

    // Lists of one value are no axis: the value holds for all pictures.
    private static List<Axis> Merged(List<Axis> axes)
    {
        List<Axis> many = [.. axes.Where(axis => axis.Choices.Length > 1)];
        if (many.Count > 2)
            throw new UsageError($"{string.Join(", ", many.Select(axis => axis.Name))} have several values; a sheet has two sides");
        while (many.Count < 2)
            many.Insert(0, new Axis("", [new Choice("", request => request)]));
        Choice[] single = [.. axes.Where(axis => axis.Choices.Length == 1).Select(axis => axis.Choices[0])];
        many[0] = many[0] with
        {
            Choices = Array.ConvertAll(many[0].Choices, choice => choice with
            {
                Apply = request => single.Aggregate(choice.Apply(request), (made, other) => other.Apply(made)),
            }),
        };
        return many;
    }

    private static int Run(StylizeRequest request, List<Axis> axes, int cell, CancellationToken cancellationToken)
    {
        (Choice[] rows, Choice[] columns) = (axes[0].Choices, axes[1].Choices);
        string title = request.Recipe.Styles.Count == 1 ? Path.GetFileNameWithoutExtension(request.Style) : "";
        ContactSheet pictures = new(
            [.. columns.Select(choice => choice.Label)], [.. rows.Select(choice => choice.Label)], cell, title, request.MaxPixels);
        List<SheetCell> cells = [];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
                cells.Add(new SheetCell(row, column, columns[column].Apply(rows[row].Apply(request)).Recipe));
        }

        return SheetRun.Run(request, pictures, cells, cancellationToken);
    }

    private static Choice Style(RecipeStyle style) => new(
        Path.GetFileNameWithoutExtension(style.File),
        request => request with { Recipe = request.Recipe with { Styles = [style with { Weight = 1 }] } });

    private static Choice Levels(string digits) => new(digits, request => request with
    {
        Recipe = request.Recipe with { Levels = LevelOptions.Of(digits.Select(digit => digit - '0')) },
    });

    private static Choice Transform(string text) => new(text, request => request with
    {
        Recipe = request.Recipe with { Transform = RecipeText.Transforms(text).Transform! },
    });

    private static Choice Strength(double strength) => new(
        FormattableString.Invariant($"{strength}"), request => request with { Recipe = request.Recipe with { Strength = strength } });

    private static double[]? Strengths(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        try
        {
            return Array.ConvertAll(text.Split(','), item => RecipeText.Strengths(item, "--alpha").Strength
                ?? throw new RecipeFormatException(null, $"--alpha has '{item}'; a comparison needs numbers in 0..1: 0.2,0.6,1"));
        }
        catch (RecipeFormatException error)
        {
            result.AddError(error.Problem);
            return null;
        }
    }

    private static Func<ArgumentResult, string[]?> List(Func<string, object> check) => result =>
    {
        string[] items = (result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value).Split(',');
        try
        {
            foreach (string item in items)
                _ = check(item);
            return items;
        }
        catch (RecipeFormatException error)
        {
            result.AddError(error.Problem);
            return null;
        }
    };

    // What one side of the sheet varies.
    private sealed record Axis(string Name, Choice[] Choices);

    private sealed record Choice(string Label, Func<StylizeRequest, StylizeRequest> Apply);
}
