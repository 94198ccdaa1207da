using System.CommandLine;

namespace Wct.Cli.Stylize;

// What several commands have besides the controls.
internal sealed partial class ControlOptions
{
    /// <summary>The argument for styles that are mixed.</summary>
    /// <param name="more">Sentences that follow in the help.</param>
    internal static Argument<string[]> Styles(string more = "") => new("STYLE")
    {
        Description = "The painting, or a style file of 'wct style save'; several are mixed, with weights if need be: a.jpg:0.7 "
            + "b.jpg:0.3." + more,
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = Values.Texts("STYLE"),
    };

    /// <summary>The option for the recipe's file.</summary>
    internal static Option<string?> SaveRecipe() => new("--save-recipe")
    {
        Description = "Write all settings of this run into a file, for --recipe.",
        HelpName = "FILE",
        CustomParser = Values.Path("--save-recipe"),
    };
}
