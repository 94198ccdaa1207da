using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Wct.Cli.Devices;
using Wct.Cli.Evaluation;
using Wct.Cli.Networks;
using Wct.Cli.Optimize;
using Wct.Cli.Serve;
using Wct.Cli.Sheets;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Cli.Weights;
using Wct.Imaging.Magick;
using Wct.Net.Recipes;

namespace Wct.Cli;

/// <summary>Parses the command line and runs a command.</summary>
internal static class CommandLine
{
    private const string HelpName = "help", HelpOption = "--help";

    /// <summary>Runs a command and returns the exit code. Results go to standard output. Standard error gets one line if something is
    /// wrong, otherwise nothing.</summary>
    internal static int Run(string[] arguments)
    {
        if (ArgumentNames.Problem(arguments) is { } problem)
        {
            Console.Error.WriteLine(ErrorLine.Of(problem));
            return ExitCode.Failed;
        }

        MagickFormats.Register();
        // Without arguments, show the help.
        arguments = arguments switch { [] => [HelpOption], [HelpName, .. var command] => [.. command, HelpOption], _ => arguments };
        if (arguments is ["stylize", _, _, ..])
            WarmUp.Start();
        using Interruption interruption = new();
        ParseResult? parsed = null;
        try
        {
            // File names may begin with '@', so response files are turned off.
            parsed = Root(arguments.FirstOrDefault(), interruption.Token).Parse(
                arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is HelpAction && parsed.CommandResult.Command.Subcommands.Count == 0)
                return parsed.Invoke();
            if (parsed.Action is ParseErrorAction || UsageProblem.OfWords(parsed) is not null)
                return WrongUsage(parsed);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageError error)
        {
            return WrongUsage(parsed!, error.Message);
        }
        catch (RecipeFormatException error) when (error.Source is null)
        {
            return WrongUsage(parsed!, error.Problem);
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(ErrorLine.Of(error));
            return error is OperationCanceledException && interruption.Token.IsCancellationRequested ? ExitCode.Interrupted
                : ExitCode.Failed;
        }
    }

    private static RootCommand Root(string? first, CancellationToken cancellationToken)
    {
        Command weights = new("weights", "Look into the networks' weights, convert them, or make some up.")
        {
            InspectCommand.Create(cancellationToken), ImportCommand.Create(cancellationToken), ExportCommand.Create(cancellationToken),
                RandomCommand.Create(cancellationToken),
        };
        // The options of some commands take time to create, so they are created only when the command is used.
        // The help lists only the commands' names.
        Command train = new("train", "Train feed-forward networks, encoders and decoders.");
        if (first == train.Name)
            TrainCommands.AddTo(train, cancellationToken);
        Command eval = new("eval", "Judge a model: how well it gives pictures back, and how near stylized ones come to content and style.");
        if (first == eval.Name)
            EvalCommand.AddTo(eval, cancellationToken);
        Command serve = new(ServeCommand.Name, ServeCommand.Description);
        if (first == serve.Name)
            ServeCommand.AddTo(serve, cancellationToken);
        Command optimize = new(OptimizeCommand.Name, OptimizeCommand.Description);
        if (first == optimize.Name)
            OptimizeCommand.AddTo(optimize, cancellationToken);
        Command invert = new(InvertCommand.Name, InvertCommand.Description);
        if (first == invert.Name)
            InvertCommand.AddTo(invert, cancellationToken);
        RootCommand root = new("Universal style transfer: a photo and a painting go in, the photo in the painting's style comes out.")
        {
            StylizeCommand.Create(cancellationToken), CompareCommand.Create(cancellationToken), GridCommand.Create(cancellationToken),
            TextureCommand.Create(cancellationToken), ApplyCommand.Create(cancellationToken), optimize, invert,
            StyleCommand.Create(cancellationToken), serve, weights, train, eval, DevicesCommand.Create(), Help(),
        };
        // Without this, a file called '[suggest]' would be taken for a directive.
        root.Directives.Clear();
        return root;
    }

    // A word that is wrong explains more than an argument that is missing; a mistyped option causes both errors.
    private static int WrongUsage(ParseResult parsed) =>
        WrongUsage(parsed, UsageProblem.OfWords(parsed) ?? parsed.Errors[0].Message.TrimEnd('.'));

    private static int WrongUsage(ParseResult parsed, string problem)
    {
        string command = string.Join(' ', UsageProblem.Names(parsed.CommandResult.Command).Reverse());
        Console.Error.WriteLine(ErrorLine.Of($"{problem} (see {command} --help)"));
        return ExitCode.WrongUsage;
    }

    // Exists only to be listed: 'wct help train' is changed to 'wct train --help' before it is parsed.
    private static Command Help() => new(HelpName, "Show what wct can do, or what a command can: wct help stylize.")
    {
        new Argument<string[]>("COMMAND") { Description = "A command's name.", Arity = ArgumentArity.ZeroOrMore },
    };
}
