using System.Diagnostics;
using Wct.Cli.Stylize;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Cli.Sheets;

/// <summary>One picture of a sheet.</summary>
/// <param name="Row">Row of the sheet.</param>
/// <param name="Column">Column of the sheet.</param>
/// <param name="Recipe">What the picture looks like.</param>
internal sealed record SheetCell(int Row, int Column, Recipe Recipe);

/// <summary>Stylizes one content in several ways, and draws the pictures as one sheet. Each style is measured once.</summary>
internal static class SheetRun
{
    /// <summary>Draws a sheet.</summary>
    /// <param name="request">The content, the result's file and the machine's options.</param>
    /// <param name="sheet">The sheet without its pictures.</param>
    /// <param name="cells">Its pictures. Their styles are mixed by their weights.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest request, ContactSheet sheet, IReadOnlyList<SheetCell> cells, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        string output = request.Output!;
        StyleInput input = new(request, cancellationToken);
        PixelImage content;
        using (PictureRows picture = input.Content(request.Content))
            content = picture.ReadAll();

        if (!request.Force)
            new InputGuard([.. request.Inputs, .. cells.SelectMany(cell => cell.Recipe.Styles).Select(style => style.File)]).Check(output);
        OutputFile.Check(output, content.Width, content.Height, PixelLayout.Rgb24);
        WctModel model = StylizeRun.Result(weights, cancellationToken);
        using StyleTransfer transfer = StylizeRun.Transfer(request, model);
        SwapWarning swap = new(request, transfer);
        Dictionary<(string, string?, ColorPreservation), PreparedStyle> measured = [];
        Recipe[] complete =
            [.. cells.Select(cell => (request with { Recipe = cell.Recipe }).Complete(StylizeRun.Levels(model)))];
        for (int i = 0; i < cells.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Recipe recipe = complete[i];
            StylizeOptions options = StylizeRun.Options(request, recipe);
            (PreparedStyle, double)[] styles = [.. recipe.Styles.Select(style => (Measured(recipe, style), style.Weight))];
            PreparedStyle style = styles.Length == 1 ? styles[0].Item1 : PreparedStyle.Mix(styles, recipe.Mixing);
            swap.Tell(recipe, content.Width, content.Height, input.Patches);
            PixelImage? result = null;
            StylizeRun.Display(request, $"{i + 1}/{cells.Count} ").Show(progress => ReadingMemory.Explaining(
                () => result = transfer.Stylize(content, style, options, progress, cancellationToken)));
            sheet.Put(cells[i].Row, cells[i].Column, result!);
        }

        Complete(request, sheet, cells.Count, start);
        return ExitCode.Done;

        // Features are kept if any picture of the sheet needs them, and all levels that any needs are measured.
        PreparedStyle Measured(Recipe recipe, RecipeStyle style)
        {
            (string, string?, ColorPreservation) key = (style.File, style.StyleMask, recipe.PreserveColor);
            if (measured.TryGetValue(key, out PreparedStyle? found))
                return found;
            Recipe all = recipe with
            {
                Styles = [style with { Weight = 1 }],
                Levels = [.. complete.SelectMany(own => own.Levels!.Select(
                    level => level with { Transform = level.Transform ?? own.Transform, Strength = null })).Distinct()],
            };
            PictureColors? colors = RecipeStyles.NeedsContentColors(recipe) ? PictureColors.Of(content) : null;
            return measured[key] = input.Styles(transfer, all, colors).Style;
        }
    }
    /// <summary>Writes the sheet's file, and prints a line about it.</summary>
    /// <param name="request">The options, with the sheet's file.</param>
    /// <param name="sheet">The complete sheet.</param>
    /// <param name="results">Number of pictures that the run made.</param>
    /// <param name="start">When the run began, in <see cref="Stopwatch"/>'s ticks.</param>
    internal static void Complete(StylizeRequest request, ContactSheet sheet, int results, long start)
    {
        string output = request.Output!;
        FileErrors.Naming(output, () =>
        {
            using ImageWriter writer = ImageFile.Create(
                output, sheet.Width, sheet.Height, PixelLayout.Rgb24, ResultOptions.Of(Path.GetExtension(output), request.Quality));
            sheet.Write(writer);
            writer.Complete();
            return true;
        });
        string pictures = results == 1 ? "1 picture" : $"{results} pictures";
        if (!request.Quiet)
            Console.Out.WriteLine(OneLine.Clean(FormattableString.Invariant(
                $"{output}: {sheet.Width}x{sheet.Height}, {pictures}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s")));
    }
}
