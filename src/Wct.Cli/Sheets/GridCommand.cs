using System.CommandLine;
using Wct.Cli.Stylize;
using Wct.Net.Recipes;

namespace Wct.Cli.Sheets;

/// <summary>The command line of <c>wct grid</c>.</summary>
internal static class GridCommand
{
    private const int FewestSteps = 2, MostSteps = 20;

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string> content = new("CONTENT") { Description = "The photo.", CustomParser = Values.Path("CONTENT") };
        Argument<string[]> styles = new("STYLE")
        {
            Description = "Two paintings or style files, drawn as a row from the first to the second; or four, drawn as a square with one "
                + "in each corner: upper left, upper right, lower left, lower right.",
            Arity = new ArgumentArity(2, 4),
            CustomParser = Values.Texts("STYLE"),
        };
        Option<long> steps = NumberOption.Whole("--steps", "Number of pictures from one style to the other.", FewestSteps, MostSteps, 5);
        SheetOptions sheet = new("grid");
        MachineOptions machine = new(hasMetadata: false);
        ControlOptions controls = new(ControlSet.OneRegion);
        Command command = new("grid", "Draw CONTENT in mixtures of two or four styles, as one labeled sheet.")
        {
            content, styles, steps,
        };
        sheet.AddTo(command);
        controls.AddTo(command);
        machine.AddTo(command);
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetValue(styles)!;
            if (files.Length == 3)
                throw new UsageError("there are 3 styles; a grid has 2 or 4");
            StylizeRequest request = sheet.Read(
                parsed, machine.Read(parsed, controls.Read(parsed, files)), parsed.GetRequiredValue(content));
            return Run(request, files.Length, (int)parsed.GetValue(steps), sheet.CellSize(parsed), cancellationToken);
        });
        return command;
    }

    private static int Run(StylizeRequest request, int styles, int steps, int cell, CancellationToken cancellationToken)
    {
        GridWeights grid = styles == 2 ? GridWeights.OfTwo(steps) : GridWeights.OfFour(steps);
        ContactSheet pictures = new(grid.Columns, grid.Rows, cell, maxPixels: request.MaxPixels, corners: Names(request.Recipe));
        List<SheetCell> cells = [];
        for (int row = 0; row < grid.Rows.Count; row++)
        {
            for (int column = 0; column < grid.Columns.Count; column++)
                cells.Add(new SheetCell(row, column, request.Recipe with { Styles = Weighted(request.Recipe, grid[row, column]) }));
        }

        return SheetRun.Run(request, pictures, cells, cancellationToken);
    }

    private static string[] Names(Recipe recipe) => [.. recipe.Styles.Select(style => Path.GetFileNameWithoutExtension(style.File))];

    private static RecipeStyle[] Weighted(Recipe recipe, IReadOnlyList<double> weights) =>
        [.. recipe.Styles.Select((style, i) => style with { Weight = weights[i] }).Where(style => style.Weight > 0)];
}
