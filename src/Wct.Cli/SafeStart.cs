namespace Wct.Cli;

/// <summary>Runs the tool so that the process always ends with one of its exit codes and prints at most one error line, for example with
/// closed streams or too little memory.</summary>
internal static class SafeStart
{
    /// <summary>Runs the tool.</summary>
    internal static int Run(string[] arguments)
    {
        try
        {
            StandardStreams streams = StandardStreams.Guard();
            int code = CommandLine.Run(arguments);
            Console.Out.Flush();
            // Commands that make no files have failed if their output can't be printed.
            if (code != ExitCode.Done || streams.OutputProblem is not { } problem || MakesFiles(arguments))
                return code;
            Console.Error.WriteLine(ErrorLine.Of($"standard output can't be written: {problem}"));
        }
        catch (Exception error)
        {
            // An error before the command began, for example because there are no threads, signals or memory.
            Console.Error.WriteLine(ErrorLine.Of(error));
        }

        return ExitCode.Failed;
    }

    private static bool MakesFiles(string[] arguments) =>
        arguments is ["stylize" or "train", ..] or ["weights", "import" or "export" or "random", ..];
}
