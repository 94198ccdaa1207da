using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Wct.Cli.Devices;
using Wct.Cli.Evaluation;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Cli.Weights;

namespace Wct.Cli;

/// <summary>The whole tool: arguments in, exit code out.</summary>
internal static class CommandLine
{
    private const string HelpName = "help", HelpOption = "--help";

    /// <summary>Runs a command. Results go to standard output; standard error gets one line when something is wrong, else
    /// nothing.</summary>
    internal static int Run(string[] arguments)
    {
        if (ArgumentNames.Problem(arguments) is { } problem)
        {
            Console.Error.WriteLine(ErrorLine.Of(problem));
            return ExitCode.Failed;
        }

        // Who says nothing asks what there is to say.
        arguments = arguments switch { [] => [HelpOption], [HelpName, .. var command] => [.. command, HelpOption], _ => arguments };
        if (arguments is ["stylize", _, _, ..])
            WarmUp.Start();
        using Interruption interruption = new();
        try
        {
            // Names of files may begin with '@'; they are no response files.
            ParseResult parsed = Root(arguments.FirstOrDefault(), interruption.Token).Parse(
                arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is HelpAction && parsed.CommandResult.Command.Subcommands.Count == 0)
                return parsed.Invoke();
            if (parsed.Action is ParseErrorAction || UsageProblem.OfWords(parsed) is not null)
                return WrongUsage(parsed);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(ErrorLine.Of(error));
            return error is OperationCanceledException && interruption.Token.IsCancellationRequested ? ExitCode.Interrupted
                : ExitCode.Failed;
        }
    }

    private static RootCommand Root(string? first, CancellationToken cancellation)
    {
        Command weights = new("weights", "Look into the networks' weights, convert them, or make some up.")
        {
            InspectCommand.Create(cancellation), ImportCommand.Create(cancellation), ExportCommand.Create(cancellation),
                RandomCommand.Create(cancellation),
        };
        // Their many options take time to make, which only those who train should wait for; help needs no more than the names.
        Command train = new("train", "Train encoders and decoders on a folder of pictures, and pack them into a model.");
        if (first == train.Name)
            TrainCommands.AddTo(train, cancellation);
        Command eval = new("eval", "Judge a model: how well it gives pictures back, and how near stylized ones come to content and style.");
        if (first == eval.Name)
            EvalCommand.AddTo(eval, cancellation);
        RootCommand root = new("Universal style transfer: a photo and a painting go in, the photo in the painting's style comes out.")
        {
            StylizeCommand.Create(cancellation), weights, train, eval, DevicesCommand.Create(), Help(),
        };
        // A file may be called '[suggest]' too.
        root.Directives.Clear();
        return root;
    }

    private static int WrongUsage(ParseResult parsed)
    {
        string command = string.Join(' ', UsageProblem.Names(parsed.CommandResult.Command).Reverse());
        // What was typed says more than what is missing: an option mistyped is both.
        string problem = UsageProblem.OfWords(parsed) ?? parsed.Errors[0].Message.TrimEnd('.');
        Console.Error.WriteLine(ErrorLine.Of($"{problem} (see {command} --help)"));
        return ExitCode.WrongUsage;
    }

    // Only to be listed: 'wct help train' has become 'wct train --help' before it is parsed.
    private static Command Help() => new(HelpName, "Show what wct can do, or what a command can: wct help stylize.")
    {
        new Argument<string[]>("COMMAND") { Description = "A command's name.", Arity = ArgumentArity.ZeroOrMore },
    };
}
