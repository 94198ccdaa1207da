using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Cli.Optimize;
using Wct.Cli.Training;
using Wct.Cli.Weights;
using Wct.Net.Transforms;

namespace Wct.Cli.Methods;

/// <summary>The options of <c>wct compare</c> for sheets of several methods.</summary>
internal sealed class MethodOptions
{
    /// <summary>The method that runs feed-forward networks.</summary>
    internal const string Network = "network";

    private const string All = "all";

    private const int MostSteps = 1_000_000;

    // Each option, and what of the methods it changes.
    private static readonly (string Option, string For, Func<string, bool> Has)[] Uses =
    [
        ("--alpha", "transforms", IsTransform), ("--levels", "transforms", IsTransform), ("--passes", "transforms", IsTransform),
        ("--photo", "transforms", IsTransform), ("--weights", "transforms", IsTransform),
        ("--preserve-color", $"transforms and {OptimizeCommand.Name}", method => method != Network),
        ("--steps", OptimizeCommand.Name, method => method == OptimizeCommand.Name), ("--network", Network, method => method == Network),
    ];

    private readonly Option<string[]?> _methods = new("--methods", "-m")
    {
        Description = $"Compare methods instead: {string.Join(',', Names)}. The sheet tells the time and the losses of each. '{All}' is "
            + "every method that uses a style.",
        HelpName = "NAME,NAME,...",
        CustomParser = Parse,
    };

    private readonly Option<string[]> _networks = new("--network", "-n")
    {
        Description = "With --methods network: the network's file, as of 'wct apply'. Several make a picture each.",
        HelpName = "FILE",
        CustomParser = Values.Texts("--network"),
    };

    private readonly Option<long> _steps =
        NumberOption.Whole("--steps", "With --methods optimize: its steps.", 1, MostSteps, Defaults.Steps);

    private readonly Option<string> _judge = new("--judge")
    {
        Description = $"With --methods: the encoder that measures the losses: {EncoderInput.Help}. Losses compare only under one judge.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ModelInput.BuiltInName,
        CustomParser = Values.Path("--judge"),
    };

    // The transforms that 'wct stylize' knows, and the other methods.
    private static IEnumerable<string> Names =>
        [.. FeatureTransform.All.Select(transform => transform.Name!), OptimizeCommand.Name, Network];

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_methods, _networks, _steps, _judge])
            command.Add(option);
    }

    /// <summary>Reads the options' values.</summary>
    /// <returns>The request; null if the sheet is of the other kind.</returns>
    /// <exception cref="UsageError">Options don't fit together.</exception>
    internal MethodRequest? Read(ParseResult parsed)
    {
        string[] networks = OptimizerArguments.Has(parsed, _networks) ? parsed.GetValue(_networks) ?? [] : [];
        if (parsed.GetValue(_methods) is not { Length: > 0 } methods)
        {
            if (((Option[])[_networks, _steps, _judge]).FirstOrDefault(option => OptimizerArguments.Has(parsed, option)) is { } given)
                throw new UsageError($"{given.Name} is for --methods, which is missing");
            return null;
        }

        if (methods is [All])
        {
            methods =
            [
                .. FeatureTransform.All.Where(transform => transform.UsesStyle).Select(transform => transform.Name!), OptimizeCommand.Name,
                .. networks.Length > 0 ? (string[])[Network] : [],
            ];
        }

        if (methods.Contains(Network) && networks.Length == 0)
            throw new UsageError($"--methods has '{Network}', and --network is missing: it names the network's file");
        foreach ((string option, string use, Func<string, bool> has) in Uses)
        {
            if (!methods.Any(has) && parsed.GetResult(option) is OptionResult { Implicit: false })
                throw new UsageError($"{option} is for {use}, and --methods is '{string.Join(',', methods)}'");
        }

        return new MethodRequest(methods, networks, (int)parsed.GetValue(_steps), parsed.GetRequiredValue(_judge));
    }

    private static bool IsTransform(string method) => method is not (OptimizeCommand.Name or Network);

    private static string[]? Parse(ArgumentResult result)
    {
        string[] methods = (result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value).Split(',');
        if (methods is not [All] && Array.Find(methods, method => !Names.Contains(method)) is { } unknown)
            result.AddError($"--methods has '{unknown}'; it must have names of {string.Join(", ", Names)}, or be '{All}'");
        else if (methods.GroupBy(method => method).FirstOrDefault(group => group.Count() > 1) is { } twice)
            result.AddError($"--methods has '{twice.Key}' {twice.Count()} times; each method makes one picture");
        else
            return methods;
        return null;
    }
}
