using System.CommandLine;
using Wct.Cli.Stylize;

namespace Wct.Cli.Optimize;

/// <summary>The options of <c>wct texture --method gram</c>.</summary>
internal sealed class GramTextureOptions
{
    private const string Gram = "gram", Wct = "wct";

    // What both methods have. The other options of the command are for the other method.
    private static readonly string[] Shared =
    [
        "--output", "--size", "--seed", "--method", "--style-size", "--style-scale", "--style-mask", "--quality", "--max-pixels",
        "--threads", "--force", "--quiet", "--help",
    ];

    private readonly OptimizerArguments _arguments = new(Defaults.TextureSteps, variation: 0);

    /// <summary>The option that chooses the method.</summary>
    internal Option<string> Method { get; } = new("--method")
    {
        Description = "How the texture is made: wct (whitening and coloring, the fastest) or gram (by optimizing pixels, Gatys et al. "
            + "2015; the options from --network on are for it).",
        HelpName = $"{Wct}|{Gram}",
        DefaultValueFactory = _ => Wct,
        CustomParser = Values.OneOf("--method", [Wct, Gram]),
    };

    /// <summary>Adds the options to the command.</summary>
    internal void AddTo(Command command)
    {
        foreach (Option option in Own)
            command.Add(option);
    }

    /// <summary>Whether the command line asks for this method.</summary>
    internal bool IsChosen(ParseResult parsed) => parsed.GetValue(Method) == Gram;

    /// <summary>Refuses options of the other method.</summary>
    /// <exception cref="UsageError">There is one.</exception>
    internal void CheckUse(ParseResult parsed)
    {
        bool isChosen = IsChosen(parsed);
        IEnumerable<Option> others = isChosen
            ? parsed.CommandResult.Command.Options.Where(option => !Shared.Contains(option.Name) && !Own.Contains(option))
            : Own;
        if (others.FirstOrDefault(option => OptimizerArguments.Has(parsed, option)) is { } other)
            throw new UsageError($"{other.Name} is for --method {(isChosen ? Wct : Gram)}");
    }

    /// <summary>Reads the options' values.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">The values of the options that both methods have.</param>
    internal OptimizerRequest Read(ParseResult parsed, StylizeRequest request)
    {
        OptimizerRequest own = _arguments.Read(parsed, TextureRun.Output(request));
        return own with
        {
            Options = own.Options with { Threads = request.Threads },
            StyleSide = request.Recipe.StyleSize ?? 0,
            Inputs = [.. request.Inputs],
            Quality = request.Quality,
            MaxPixels = request.MaxPixels,
            Force = request.Force,
            Quiet = request.Quiet,
        };
    }

    private IReadOnlyList<Option> Own => [.. _arguments.Own, _arguments.StyleTaps];
}
