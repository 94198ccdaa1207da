using System.CommandLine;
using Wct.Cli.Weights;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>The command line of <c>wct style save</c>.</summary>
internal static class StyleCommand
{
    private const string Extension = ".style.safetensors";

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string[]> styles = new("STYLE")
        {
            Description = "The painting. Several are mixed by covariance, with weights if need be: a.jpg:0.7 b.jpg:0.3.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Values.Texts("STYLE"),
        };
        Option<string?> output = new("--output", "-o")
        {
            Description = $"The style's file. Without it: the painting's name and \"{Extension}\", in the current folder.",
            HelpName = "FILE",
            CustomParser = Values.Path("--output"),
        };
        MachineOptions machine = new(hasMetadata: false);
        ControlOptions controls = new(ControlSet.Style);
        Command save = new(
            "save", "Measure STYLE once and write it into a file, which can be used wherever a style picture can. Style swap needs the "
                + "--transform already here.")
        {
            styles, output,
        };
        controls.AddTo(save);
        machine.AddTo(save);
        save.SetAction(parsed =>
        {
            StylizeRequest request = machine.Read(parsed, controls.Read(parsed, parsed.GetValue(styles) ?? [])) with
            {
                Output = parsed.GetValue(output),
            };
            return Run(request, cancellationToken);
        });
        return new Command("style", "Write prepared styles.") { save };
    }

    private static int Run(StylizeRequest request, CancellationToken cancellationToken)
    {
        string file = request.Output ?? Path.GetFileNameWithoutExtension(request.Style) + Extension;
        if (!StylizeRequest.IsStyleFile(file))
            throw new UsageError($"--output is '{file}'; a style's file ends with .safetensors");
        if (!request.Force)
            new InputGuard(request.Inputs).Check(file);
        WctModel model = ModelInput.Load(request.Weights, cancellationToken);
        Recipe recipe = request.Complete(StylizeRun.Levels(model));
        if (recipe.Styles.Count > 1)
        {
            if (recipe.Levels!.Select(level => level.Transform ?? recipe.Transform).FirstOrDefault(own => own.UsesFeatures) is { } swap)
                throw new UsageError($"--transform has {swap.Name}, and a mixture has no patches; save each style in a file of its own");
            recipe = recipe with { Mixing = StyleMixing.Covariance };
        }

        using StyleTransfer transfer = StylizeRun.Transfer(request, model);
        PreparedStyle style = new StyleInput(request, cancellationToken).Styles(transfer, recipe, colors: null).Style;
        FileErrors.Naming(file, () =>
        {
            style.Save(file);
            return true;
        });
        if (!request.Quiet)
            Console.Out.WriteLine(OneLine.Clean($"{file}: levels {string.Join(", ", style.Levels)}"));
        return ExitCode.Done;
    }
}
